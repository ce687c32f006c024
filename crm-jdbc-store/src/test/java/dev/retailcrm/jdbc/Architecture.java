package dev.retailcrm.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static dev.retailcrm.jdbc.ArchitectureConditions.beInNullMarkedPackage;
import static dev.retailcrm.jdbc.ArchitectureConditions.beInPackageMatching;
import static dev.retailcrm.jdbc.ArchitectureConditions.haveFloatingPointField;
import static dev.retailcrm.jdbc.ArchitectureConditions.haveMutableStaticField;
import static dev.retailcrm.jdbc.ArchitectureConditions.promiseTypesOf;
import static dev.retailcrm.jdbc.ArchitectureConditions.readTheSystemClock;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;

/** The rules of the architecture for the modules below a root package. */
record Architecture(String root) {
    private static final String[] DOMAIN = {"core", "tags", "assets", "audience"};
    private static final String WORN_OUT = "util|utils|common|impl|model|service|dto|manager|helper";

    ArchRule modulesDependInOneDirection() {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .optionalLayer("core")
                .definedBy(all("core"))
                .optionalLayer("tags")
                .definedBy(all("tags"))
                .optionalLayer("assets")
                .definedBy(all("assets"))
                .optionalLayer("audience")
                .definedBy(all("audience"))
                .optionalLayer("tck")
                .definedBy(all("tck"))
                .optionalLayer("jdbc")
                .definedBy(all("jdbc"))
                .whereLayer("core")
                .mayNotAccessAnyLayer()
                .whereLayer("tags")
                .mayOnlyAccessLayers("core")
                .whereLayer("assets")
                .mayOnlyAccessLayers("core")
                .whereLayer("audience")
                .mayOnlyAccessLayers("core", "tags", "assets")
                .whereLayer("tck")
                .mayOnlyAccessLayers(DOMAIN)
                .whereLayer("jdbc")
                .mayOnlyAccessLayers(DOMAIN);
    }

    ArchRule domainIsFreeOfFrameworks() {
        return classes()
                .that()
                .resideInAnyPackage(all("core"), all("tags"), all("assets"), all("audience"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "",
                        "java..",
                        "javax.crypto..",
                        "dev.retailcrm..",
                        "org.jspecify..",
                        "com.google.errorprone.annotations..",
                        "com.google.common..",
                        "com.fasterxml.jackson..",
                        "org.slf4j..",
                        "org.joda.money..",
                        "com.google.i18n.phonenumbers..",
                        "com.google.re2j..",
                        "de.siegmar.fastcsv..",
                        "com.github.benmanes.caffeine..",
                        "com.github.f4b6a3.tsid..",
                        "org.roaringbitmap..");
    }

    ArchRule everyPackageIsNullMarked() {
        return classes().that().resideOutsideOfPackage(generated()).should(beInNullMarkedPackage());
    }

    ArchRule timeIsAParameter() {
        return noClasses()
                .that()
                .haveNameNotMatching(".*\\.JdbcCrm(\\$.*)?")
                .and()
                .haveNameNotMatching(".*\\.InMemoryCrm(\\$.*)?")
                .should(readTheSystemClock())
                .as("only the composition roots may choose the system clock, where a host gave none");
    }

    ArchRule nothingIsPrinted() {
        return CompositeArchRule.of(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS)
                .and(NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
    }

    ArchRule assetsAreCountedExactly() {
        return noClasses().that().resideInAPackage(all("assets")).should(haveFloatingPointField());
    }

    ArchRule nothingStaticIsMutable() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(generated())
                .and()
                .haveNameNotMatching(".*\\.tck\\.(StoreContract|CrmFixture)")
                .should(haveMutableStaticField())
                .as("nothing static is mutable, but for the contract kit's counters of test customers");
    }

    ArchRule packagesAreNamedByFeature() {
        return noClasses().should(beInPackageMatching(".*\\.(%s)(\\..*)?".formatted(WORN_OUT)));
    }

    ArchRule publicTypesAreNamedByTheTrade() {
        return noClasses().that().arePublic().should().haveNameMatching(".*(Impl|Dto|DTO|Manager|Helper|Utils?)");
    }

    ArchRule portsLiveInSpi() {
        return classes()
                .that()
                .areInterfaces()
                .and()
                .haveSimpleNameEndingWith("Store")
                .should()
                .resideInAPackage("..spi");
    }

    ArchRule jooqStaysInItsModule() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(all("jdbc"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jooq..");
    }

    ArchRule jooqIsNotPromised() {
        return noClasses().that().resideInAPackage(root + ".jdbc").should(promiseTypesOf("org.jooq"));
    }

    private String all(String module) {
        return root + "." + module + "..";
    }

    private String generated() {
        return root + ".jdbc.schema..";
    }
}
