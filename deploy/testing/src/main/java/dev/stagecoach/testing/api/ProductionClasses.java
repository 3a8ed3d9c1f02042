package dev.stagecoach.testing.api;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/** The classes of packages, without those of tests. */
final class ProductionClasses {
    private ProductionClasses() {}

    static List<Class<?>> in(String... packages) {
        // Only their names matter: what they depend on, thousands of classes, need not be read.
        JavaClasses classes = ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(packages);
        });
        return classes.stream().<Class<?>>map(JavaClass::reflect).toList();
    }
}
