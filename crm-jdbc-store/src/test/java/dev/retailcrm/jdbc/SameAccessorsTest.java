package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.tck.InMemoryCrm;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A host can swap the kernel on a database for the one in memory and leave its calls as they are. */
class SameAccessorsTest {
    @Test
    void a_tenant_has_the_same_in_memory_and_on_a_database() {
        assertThat(accessors(InMemoryCrm.Tenant.class))
                .isEqualTo(accessors(JdbcTenant.class))
                .contains("Points points()", "Terms terms()");
        assertThat(InMemoryCrm.Tenant.STANDARD).isEqualTo(JdbcTenant.STANDARD);
    }

    @Test
    void a_kernel_in_memory_lacks_only_the_hosts_connection() {
        Set<String> onDatabase = accessors(JdbcCrm.class);
        onDatabase.remove("Own with(Connection)");

        assertThat(accessors(InMemoryCrm.class)).containsAll(onDatabase);
    }

    @Test
    void a_builder_in_memory_lacks_only_what_makes_no_sense_there() {
        Set<String> onDatabase = accessors(JdbcCrm.Builder.class);
        onDatabase.removeAll(Set.of("Own clock(InstantSource)", "Own node(int)", "Own cipher(FieldCipher)"));

        assertThat(accessors(InMemoryCrm.Builder.class)).containsAll(onDatabase);
    }

    /** Public methods of an object, with its own type and that of its tenants left out. */
    private static Set<String> accessors(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .map(SameAccessorsTest::signature)
                .collect(Collectors.toSet());
    }

    private static String signature(Method method) {
        String returned = method.getReturnType()
                        .getPackageName()
                        .equals(method.getDeclaringClass().getPackageName())
                ? "Own"
                : method.getReturnType().getSimpleName();
        return returned + " " + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
