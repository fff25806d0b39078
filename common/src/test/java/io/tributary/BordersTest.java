package io.tributary;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class BordersTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tributary");

    @Test
    void stagingAndCheckpointsKnowNeitherKafkaNorAwsNorTheDaemons() {
        noClasses()
                .that()
                .resideInAnyPackage("io.tributary.staging..", "io.tributary.checkpoint..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache..", "software.amazon..", "io.tributary.daemon..", "com.typesafe..", "picocli..")
                .check(CLASSES);
    }

    @Test
    void lifeCycleAndConfigKnowNeitherKafkaNorAws() {
        noClasses()
                .that()
                .resideInAPackage("io.tributary.daemon..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "software.amazon..", "io.tributary.staging..")
                .check(CLASSES);
    }
}
