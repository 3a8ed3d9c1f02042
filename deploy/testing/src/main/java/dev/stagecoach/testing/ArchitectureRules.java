package dev.stagecoach.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;

/**
 * The structure that all services share. The <b>root package</b> of a service holds its use cases, ports and
 * configuration. The packages below it are <b>features</b>, which are pure, except <b>{@code adapter}</b>, which holds
 * technology.
 *
 * <p>A service's test is one line: {@code ArchitectureRules.check("dev.stagecoach.lifecycle")}.
 */
public final class ArchitectureRules {

    private static final String EVENTS = "dev.stagecoach.events";

    /** Who may call what, which is asked of requests only. */
    private static final String ACCESS = "dev.stagecoach.access";

    /** What is recorded for whoever collects traces. */
    private static final String TRACES = "dev.stagecoach.traces";

    /** Kafka, JPA and SQL, REST, mail: whatever the outside is reached by. */
    private static final String[] TECHNOLOGY = {
        "org.apache.kafka..",
        "io.smallrye.reactive..",
        "org.eclipse.microprofile.reactive..",
        "jakarta.persistence..",
        "org.hibernate..",
        "io.quarkus.hibernate..",
        "io.quarkus.panache..",
        "java.sql..",
        "javax.sql..",
        "io.agroal..",
        "jakarta.ws.rs..",
        "org.jboss.resteasy..",
        "org.eclipse.microprofile.rest..",
        "io.vertx..",
        "java.net.http..",
        "jakarta.mail..",
        "io.quarkus.mailer..",
        ACCESS + "..",
        TRACES + ".."
    };

    private static final Set<String> STANDARD_STREAMS = Set.of("in", "out", "err");

    private ArchitectureRules() {}

    /**
     * Checks the production classes of a service against all rules.
     *
     * @throws AssertionError naming each violation of the first rule that is broken
     * @throws IllegalArgumentException if there is no class in the package
     */
    public static void check(String rootPackage) {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(rootPackage);
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("no classes in " + rootPackage);
        }
        all(rootPackage).forEach(rule -> rule.check(classes));
    }

    static List<ArchRule> all(String rootPackage) {
        return List.of(
                featuresArePure(rootPackage),
                rootTouchesNoTechnology(rootPackage),
                nothingDependsOnAdapters(rootPackage),
                packagesHaveNoCycles(rootPackage),
                timeAndChanceComeFromOutside(rootPackage),
                servicesAreIndependent(rootPackage));
    }

    /** Features import {@code java..}, JSpecify, each other, and the records of the contract; nothing else. */
    public static ArchRule featuresArePure(String rootPackage) {
        return classes()
                .that(areFeaturesOf(rootPackage))
                .should()
                .onlyDependOnClassesThat(areFeaturesOf(rootPackage)
                        .or(resideInAnyPackage("java..", "org.jspecify..", EVENTS))
                        .as("are in java, JSpecify, the contract's records or another feature"))
                .as("feature packages are pure")
                .because("deciding is plain Java that tables and properties can test")
                .allowEmptyShould(true);
    }

    /** Use cases and ports know nothing of Kafka, JPA, SQL, REST or mail. */
    public static ArchRule rootTouchesNoTechnology(String rootPackage) {
        return noClasses()
                .that()
                .resideInAPackage(rootPackage)
                .should()
                .dependOnClassesThat(resideInAnyPackage(TECHNOLOGY))
                .as("the root package touches no technology")
                .because("it holds use cases and ports; technology is in adapter")
                .allowEmptyShould(true);
    }

    /** Adapters are found by injection, never by name. */
    public static ArchRule nothingDependsOnAdapters(String rootPackage) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(rootPackage + ".adapter..")
                .should()
                .dependOnClassesThat(resideInAPackage(rootPackage + ".adapter.."))
                .as("nothing outside adapter depends on it");
    }

    /** The packages of a service can be read, and taken out, one after the other. */
    public static ArchRule packagesHaveNoCycles(String rootPackage) {
        return slices().assignedFrom(PackageOf.INSTANCE)
                .should()
                .beFreeOfCycles()
                .as("packages of " + rootPackage + " have no cycles");
    }

    /** No wall clock, no random number or id and no standard stream outside adapter: a replay must decide the same. */
    public static ArchRule timeAndChanceComeFromOutside(String rootPackage) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(rootPackage + ".adapter..")
                .should()
                .accessTargetWhere(readsClockChanceOrConsole())
                .as("nothing outside adapter reads the wall clock, makes up ids or prints")
                .because("time is an event and ids are derived, so that a replay decides the same");
    }

    /** A service learns from another through topics only. */
    public static ArchRule servicesAreIndependent(String rootPackage) {
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.stagecoach..")
                        .and(not(resideInAnyPackage(rootPackage + "..", EVENTS + "..", ACCESS + "..", TRACES + "..")))
                        .as("belong to another service"))
                .as("services depend on no other service");
    }

    private static DescribedPredicate<JavaClass> areFeaturesOf(String rootPackage) {
        return describe("are features of " + rootPackage, candidate -> {
            var name = candidate.getPackageName();
            return name.startsWith(rootPackage + ".") && !(name + ".").startsWith(rootPackage + ".adapter.");
        });
    }

    private static DescribedPredicate<JavaAccess<?>> readsClockChanceOrConsole() {
        return describe("reads the clock, chance or a standard stream", access -> {
            var target = access.getTarget();
            return readsClock(target) || isRandom(target) || isStandardStream(target);
        });
    }

    private static boolean readsClock(AccessTarget target) {
        var owner = target.getOwner();
        var name = target.getName();
        return switch (owner.getName()) {
            case "java.lang.System" -> name.equals("currentTimeMillis");
            case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick");
            case "java.util.Calendar" -> name.equals("getInstance");
            case "java.util.Date" ->
                target instanceof AccessTarget.ConstructorCallTarget constructor
                        && constructor.getRawParameterTypes().isEmpty();
            default -> owner.getPackageName().startsWith("java.time") && name.equals("now");
        };
    }

    private static boolean isRandom(AccessTarget target) {
        return switch (target.getOwner().getName()) {
            case "java.lang.Math" -> target.getName().equals("random");
            case "java.util.UUID" -> target.getName().equals("randomUUID");
            case "java.util.Random", "java.security.SecureRandom", "java.util.concurrent.ThreadLocalRandom" -> true;
            default -> false;
        };
    }

    private static boolean isStandardStream(AccessTarget target) {
        return target.getOwner().isEquivalentTo(System.class) && STANDARD_STREAMS.contains(target.getName());
    }

    /** One slice per package, the root package included. */
    private enum PackageOf implements SliceAssignment {
        INSTANCE;

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
