package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The architecture holds in the published modules, and each of its rules finds what was broken on purpose. */
class ArchitectureTest {
    private static final String ROOT = "dev.retailcrm";
    private static final String BROKEN_ROOT = ROOT + ".jdbc.broken";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(BROKEN_ROOT);

    static Stream<Named<Function<Architecture, ArchRule>>> rules() {
        return Stream.of(
                Named.of("modules depend in one direction", Architecture::modulesDependInOneDirection),
                Named.of("the domain is free of frameworks", Architecture::domainIsFreeOfFrameworks),
                Named.of("every package is null-marked", Architecture::everyPackageIsNullMarked),
                Named.of("time is a parameter", Architecture::timeIsAParameter),
                Named.of("nothing is printed", Architecture::nothingIsPrinted),
                Named.of("assets are counted exactly", Architecture::assetsAreCountedExactly),
                Named.of("nothing static is mutable", Architecture::nothingStaticIsMutable),
                Named.of("packages are named by feature", Architecture::packagesAreNamedByFeature),
                Named.of("public types are named by the trade", Architecture::publicTypesAreNamedByTheTrade),
                Named.of("ports live in spi", Architecture::portsLiveInSpi),
                Named.of("jOOQ stays in its module", Architecture::jooqStaysInItsModule),
                Named.of("jOOQ is not promised", Architecture::jooqIsNotPromised));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds_in_the_published_modules(Function<Architecture, ArchRule> rule) {
        rule.apply(new Architecture(ROOT)).check(MAIN);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void finds_what_is_broken(Function<Architecture, ArchRule> rule) {
        var result = rule.apply(new Architecture(BROKEN_ROOT)).evaluate(BROKEN);
        assertThat(result.hasViolation()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "tags", "assets", "audience", "tck", "jdbc"})
    void looks_at_every_published_module(String module) {
        assertThat(MAIN)
                .extracting(JavaClass::getPackageName)
                .anyMatch(name -> (name + ".").startsWith(ROOT + "." + module + "."));
    }

    @Test
    void looks_at_main_classes_only() {
        assertThat(MAIN)
                .extracting(JavaClass::getName)
                .contains("dev.retailcrm.core.kernel.CustomerId")
                .doesNotContain(ArchitectureTest.class.getName())
                .noneMatch(name -> name.startsWith(BROKEN_ROOT));
    }
}
