package dev.stagecoach.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String RECORDS = "dev.stagecoach.events";
    private static final String MACHINERY = "dev.stagecoach.events.exactlyonce";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(RECORDS);

    @Test
    void theRecordsNeedNoFramework() {
        classes()
                .that()
                .resideInAPackage(RECORDS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        RECORDS, "java..", "org.jspecify..", "com.fasterxml.jackson..", "org.apache.kafka..")
                .because("every service, whatever it is built with, takes in the contract")
                .check(classes);
    }

    @Test
    void kafkaIsKnownToTheEdgeOfTheRecordsOnly() {
        noClasses()
                .that()
                .resideInAPackage(RECORDS)
                .and()
                .doNotHaveFullyQualifiedName(EventCodec.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(EventHeaders.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(Topics.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(UsageGlance.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(classes);
    }

    @Test
    void theRecordsDoNotKnowTheMachinery() {
        noClasses()
                .that()
                .resideInAPackage(RECORDS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(MACHINERY)
                .check(classes);
    }

    @Test
    void theMachineryIsPlainKafkaAndJdbcAndCountsWithMicrometer() {
        classes()
                .that()
                .resideInAPackage(MACHINERY)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        RECORDS,
                        MACHINERY,
                        "java..",
                        "javax.sql..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "org.apache.kafka..",
                        "io.micrometer.core..")
                .check(classes);
    }
}
