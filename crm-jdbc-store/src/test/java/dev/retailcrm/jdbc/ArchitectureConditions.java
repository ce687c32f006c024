package dev.retailcrm.jdbc;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What {@link Architecture} asks of classes and ArchUnit has no words for. */
final class ArchitectureConditions {
    private static final Set<String> FLOATING = Set.of("float", "double", "java.lang.Float", "java.lang.Double");

    private ArchitectureConditions() {}

    static ArchCondition<JavaClass> beInNullMarkedPackage() {
        return new ArchCondition<>("be in a package with @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                var marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(item, marked, item.getPackageName() + " @NullMarked: " + marked));
            }
        };
    }

    static ArchCondition<JavaClass> beInPackageMatching(String regex) {
        return having(
                "be in a package like " + regex,
                item -> Stream.of(item.getPackageName()).filter(name -> name.matches(regex)));
    }

    static ArchCondition<JavaClass> readTheSystemClock() {
        return having(
                "read the system clock",
                item -> item.getAccessesFromSelf().stream()
                        .filter(access -> isClock(access.getTarget()))
                        .map(JavaAccess::getDescription));
    }

    static ArchCondition<JavaClass> haveFloatingPointField() {
        return having(
                "have a float or double",
                item -> item.getFields().stream()
                        .filter(field -> FLOATING.contains(
                                field.getRawType().getBaseComponentType().getName()))
                        .map(JavaField::getFullName));
    }

    static ArchCondition<JavaClass> haveMutableStaticField() {
        return having(
                "have mutable static state",
                item -> item.getFields().stream()
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(field ->
                                !field.getModifiers().contains(JavaModifier.FINAL) || isMutable(field.getRawType()))
                        .map(JavaField::getFullName));
    }

    /** Types of a package in what a class extends or implements, or in the signature of a member a host can reach. */
    static ArchCondition<JavaClass> promiseTypesOf(String packageName) {
        return having(
                "promise types of " + packageName,
                item -> promised(item)
                        .filter(type -> type.getName().startsWith(packageName + "."))
                        .map(JavaClass::getName));
    }

    private static Stream<JavaClass> promised(JavaClass item) {
        if (!item.getModifiers().contains(JavaModifier.PUBLIC)) {
            return Stream.of();
        }
        return Stream.concat(
                Stream.concat(item.getAllRawInterfaces().stream(), item.getAllRawSuperclasses().stream()),
                item.getMembers().stream()
                        .filter(ArchitectureConditions::isReachable)
                        .flatMap(ArchitectureConditions::types));
    }

    private static boolean isReachable(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> types(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getType().getAllInvolvedRawTypes().stream();
        }
        var unit = (JavaCodeUnit) member;
        return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                .flatMap(type -> type.getAllInvolvedRawTypes().stream());
    }

    private static boolean isClock(AccessTarget target) {
        var owner = target.getOwner().getName();
        var name = target.getName();
        return switch (owner) {
            case "java.lang.System" -> name.equals("currentTimeMillis") || name.equals("nanoTime");
            case "java.util.Date" -> target.getFullName().equals(Date.class.getName() + ".<init>()");
            case "java.util.Calendar", "java.util.GregorianCalendar" ->
                name.equals("getInstance") || name.equals("<init>");
            case "java.time.Clock", "java.time.InstantSource" -> name.startsWith("system") || name.startsWith("tick");
            default -> owner.startsWith("java.time.") && name.equals("now");
        };
    }

    private static boolean isMutable(JavaClass type) {
        return type.isArray()
                || type.getPackageName().equals("java.util.concurrent.atomic")
                || type.isAssignableTo(ThreadLocal.class)
                || type.isAssignableTo(StringBuilder.class)
                || (!type.isInterface() && isJdkCollection(type));
    }

    /** The JDK's collection classes are mutable; its interfaces are taken at their word, since {@code List.of} has no class. */
    private static boolean isJdkCollection(JavaClass type) {
        return type.getPackageName().startsWith("java.util")
                && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class));
    }

    private static ArchCondition<JavaClass> having(String description, Function<JavaClass, Stream<String>> findings) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                findings.apply(item)
                        .forEach(
                                text -> events.add(SimpleConditionEvent.satisfied(item, item.getName() + ": " + text)));
            }
        };
    }
}
