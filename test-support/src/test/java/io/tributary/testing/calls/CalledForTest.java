package io.tributary.testing.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class CalledForTest {
    @Test
    void anObjectIsItsBucketAndTheBeginningOfItsKey() {
        assertThat(CalledFor.calls("S3", "PutObject", put("staging/a/incarnation=x/partition=0/0.jsonl.gz")))
                .containsExactly("s3 PutObject b/staging/a/*");
        assertThat(CalledFor.calls("S3", "PutObject", put("sources/a.csv")))
                .containsExactly("s3 PutObject b/sources/a.csv");
        assertThat(CalledFor.calls("S3", "PutObject", put("a.csv"))).containsExactly("s3 PutObject b/a.csv");
    }

    @Test
    void aListIsItsBucketAndWhatItsPrefixBeginsWith() {
        ListObjectsV2Request.Builder list = ListObjectsV2Request.builder().bucket("b");
        assertThat(CalledFor.calls("S3", "ListObjectsV2", list.build())).containsExactly("s3 ListObjectsV2 b ");
        assertThat(CalledFor.calls(
                        "S3", "ListObjectsV2", list.prefix("staging/").build()))
                .containsExactly("s3 ListObjectsV2 b staging/");
        assertThat(CalledFor.calls(
                        "S3", "ListObjectsV2", list.prefix("staging/a/").build()))
                .containsExactly("s3 ListObjectsV2 b staging/a/");
        assertThat(CalledFor.calls(
                        "S3", "ListObjectsV2", list.prefix("staging/a/b").build()))
                .containsExactly("s3 ListObjectsV2 b staging/a/*");
    }

    @Test
    void manyObjectsAreACallForEachThatDiffers() {
        List<ObjectIdentifier> objects = List.of(object("lake/a/1"), object("lake/a/2"), object("lake/c/1"));
        assertThat(CalledFor.calls(
                        "S3",
                        "DeleteObjects",
                        DeleteObjectsRequest.builder()
                                .bucket("b")
                                .delete(delete -> delete.objects(objects))
                                .build()))
                .containsExactly("s3 DeleteObjects b/lake/a/*", "s3 DeleteObjects b/lake/c/*");
    }

    @Test
    void metricsAreTheirNamespace() {
        assertThat(CalledFor.calls(
                        "CloudWatch",
                        "PutMetricData",
                        PutMetricDataRequest.builder().namespace("Tributary").build()))
                .containsExactly("cloudwatch PutMetricData Tributary");
    }

    private static PutObjectRequest put(String key) {
        return PutObjectRequest.builder().bucket("b").key(key).build();
    }

    private static ObjectIdentifier object(String key) {
        return ObjectIdentifier.builder().key(key).build();
    }
}
