package io.tributary.consumer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tributary.consumer", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
    @ArchTest
    static final ArchRule KAFKA_IS_SEEN_BY_ITS_ADAPTER_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("io.tributary.consumer.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule AWS_IS_SEEN_BY_ITS_ADAPTER_AND_THE_COMPOSITION_ALONE = noClasses()
            .that()
            .resideOutsideOfPackages("io.tributary.consumer.store.s3..", "io.tributary.consumer")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule THE_CORE_KNOWS_THE_CHAIN_AND_NOTHING_ELSE = noClasses()
            .that()
            .resideInAPackage("io.tributary.consumer.chain")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java.lang..",
                    "java.time..",
                    "java.util..",
                    "io.tributary.staging..",
                    "io.tributary.consumer.chain..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule THE_CORE_HAS_NO_THREADS = noClasses()
            .that()
            .resideInAPackage("io.tributary.consumer.chain")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.tributary.consumer.(*)..").should().beFreeOfCycles();
}
