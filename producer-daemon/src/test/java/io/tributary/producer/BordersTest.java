package io.tributary.producer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tributary.producer", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
    @ArchTest
    static final ArchRule onlyTheKafkaAdapterSeesKafka = noClasses()
            .that()
            .resideOutsideOfPackage("io.tributary.producer.sink.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule sourcesKnowNoSink = noClasses()
            .that()
            .resideInAPackage("io.tributary.producer.source..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tributary.producer", "io.tributary.producer.sink..");

    @ArchTest
    static final ArchRule sinksKnowNoParticularSource = noClasses()
            .that()
            .resideInAPackage("io.tributary.producer.sink..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.tributary.producer",
                    "io.tributary.producer.source.dataset..",
                    "io.tributary.producer.source.mastodon..");

    @ArchTest
    static final ArchRule onlyTheWayToInstancesSeesTheHttpClient = noClasses()
            .that()
            .resideOutsideOfPackage("io.tributary.producer.source.mastodon.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..");

    @ArchTest
    static final ArchRule onlyTheCompositionKnowsTheWayToInstances = noClasses()
            .that()
            .resideOutsideOfPackages("io.tributary.producer.source.mastodon.http..", "io.tributary.producer")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tributary.producer.source.mastodon.http..");

    @ArchTest
    static final ArchRule onlyPlainTextSeesTheHtmlParser = noClasses()
            .that()
            .haveNameNotMatching("io\\.tributary\\.producer\\.source\\.mastodon\\.StatusText(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jsoup..");

    @ArchTest
    static final ArchRule whatBytesMeanKnowsNothingOfTheSource = noClasses()
            .that()
            .resideInAPackage("io.tributary.producer.source.mastodon.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tributary.producer.source.mastodon");

    @ArchTest
    static final ArchRule onlyTheS3AdapterAndTheCompositionSeeTheSdk = noClasses()
            .that()
            .resideOutsideOfPackages("io.tributary.producer.source.dataset.file..", "io.tributary.producer")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule recordBoundariesAreBytesAndNothingElse = classes()
            .that()
            .resideInAPackage("io.tributary.producer.source.dataset.record..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.tributary.producer.source.dataset.record..",
                    "java.io..",
                    "java.lang..",
                    "java.util..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule rowsKnowNoFiles = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.tributary.producer.source.dataset.csv..", "io.tributary.producer.source.dataset.ndjson..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tributary.producer.source.dataset", "io.tributary.producer.source.dataset.file..");
}
