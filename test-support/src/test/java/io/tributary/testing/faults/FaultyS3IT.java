package io.tributary.testing.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.testing.S3Process;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import java.net.URI;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Against the real server; the client tries each request once. */
class FaultyS3IT {
    private static final String TEXT = "what was written\n".repeat(5_000);
    private static final Duration CLIENT_WAITS = Duration.ofSeconds(2);

    private final String bucket = UniqueName.of("faulty");
    private final S3Client direct = client(SandboxProcesses.s3().endpoint());
    private final FaultyS3 proxy = FaultyS3.inFrontOf(SandboxProcesses.s3().endpoint(), 1);
    private final S3Client client = client(proxy.endpoint());

    @BeforeEach
    void createBucket() {
        direct.createBucket(create -> create.bucket(bucket));
    }

    @AfterEach
    void close() {
        client.close();
        proxy.close();
        direct.close();
    }

    @Test
    void withoutFaultsSignedRequestsOfEveryKindPass() {
        put("a/b c=1");
        assertThat(client.getObjectAsBytes(get -> get.bucket(bucket).key("a/b c=1"))
                        .asUtf8String())
                .isEqualTo(TEXT);
        assertThat(client.headObject(head -> head.bucket(bucket).key("a/b c=1")).contentLength())
                .isEqualTo(TEXT.length());
        assertThat(client.listObjectsV2(list -> list.bucket(bucket).prefix("a/"))
                        .contents())
                .hasSize(1);
        upload("large");
        client.deleteObject(delete -> delete.bucket(bucket).key("a/b c=1"));
        assertThatThrownBy(() -> put("large"))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        taken -> assertThat(taken.statusCode()).isEqualTo(412));
        assertThat(proxy.injected()).isZero();
        assertThat(proxy.requests(RequestKind.PUT)).isEqualTo(2);
        assertThat(proxy.requests(RequestKind.UPLOAD_PART)).isEqualTo(2);
    }

    @Test
    void aWrongSecretIsStillRefused() {
        try (S3Client stranger = client(proxy.endpoint(), "another")) {
            assertThat(catchThrowableOfType(
                                    S3Exception.class, () -> stranger.listObjectsV2(list -> list.bucket(bucket)))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INTERNAL_ERROR, 500, InternalError",
        "SLOW_DOWN, 503, SlowDown",
        "TOO_MANY_REQUESTS, 429, TooManyRequests",
        "CONFLICT, 409, ConditionalRequestConflict",
        "PRECONDITION_FAILED, 412, PreconditionFailed"
    })
    void anErrorIsToldAsS3TellsItAndNothingIsWritten(Fault fault, int status, String code) {
        proxy.breakNext(RequestKind.PUT, fault);

        S3Exception told = catchThrowableOfType(S3Exception.class, () -> put("key"));

        assertThat(told.statusCode()).isEqualTo(status);
        assertThat(told.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(exists("key")).isFalse();
        put("key");
        assertThat(exists("key")).isTrue();
        assertThat(proxy.injected(RequestKind.PUT, fault)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_BEFORE", "RESET_DURING", "RESET_AFTER"})
    void aBrokenConnectionLeavesNothing(Fault fault) {
        proxy.breakNext(RequestKind.PUT, fault);

        assertThatThrownBy(() -> put("key")).isInstanceOf(SdkClientException.class);
        assertThat(exists("key")).isFalse();
        put("key");
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_BEFORE", "RESET_DURING", "RESET_AFTER", "ANSWER_LOST"})
    void aBrokenReadIsNoticed(Fault fault) {
        put("key");
        proxy.breakNext(RequestKind.GET, fault);

        assertThatThrownBy(
                        () -> client.getObjectAsBytes(get -> get.bucket(bucket).key("key")))
                .as("%s", proxy.summary())
                .isInstanceOf(SdkException.class);
        assertThat(client.getObjectAsBytes(get -> get.bucket(bucket).key("key")).asUtf8String())
                .isEqualTo(TEXT);
    }

    @Test
    void anAnswerIsLostAfterTheWriteSucceeded() {
        proxy.breakNext(RequestKind.PUT, Fault.ANSWER_LOST);

        assertThatThrownBy(() -> put("key")).isInstanceOf(SdkClientException.class);
        assertThat(exists("key")).isTrue();
    }

    @Test
    void aChangedByteIsRefusedByTheServer() {
        proxy.breakNext(RequestKind.PUT, Fault.WRONG_CHECKSUM);

        assertThatThrownBy(() -> put("key")).isInstanceOf(SdkException.class);
        assertThat(exists("key")).isFalse();
    }

    @Test
    void aStalledWriteHappensAfterItsClientGaveUp() {
        proxy.delays(Duration.ZERO, CLIENT_WAITS.plusSeconds(2)).breakNext(RequestKind.PUT, Fault.STALLED);

        assertThatThrownBy(() -> put("key")).isInstanceOf(SdkClientException.class);
        assertThat(exists("key")).isFalse();
        Awaitility.await().until(() -> exists("key"));
    }

    @Test
    void aSlowRequestSucceeds() {
        proxy.delays(Duration.ofMillis(200), Duration.ZERO).breakNext(RequestKind.PUT, Fault.SLOW);

        put("key");
        assertThat(exists("key")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"HEAD", "LIST"})
    void everyKindOfReadCanFail(RequestKind kind) {
        put("key");
        for (Fault fault : new Fault[] {
            Fault.INTERNAL_ERROR, Fault.SLOW_DOWN, Fault.RESET_BEFORE, Fault.RESET_DURING, Fault.ANSWER_LOST
        }) {
            proxy.breakNext(kind, fault);
            assertThatThrownBy(() -> {
                        if (kind == RequestKind.HEAD) {
                            client.headObject(head -> head.bucket(bucket).key("key"));
                        } else {
                            client.listObjectsV2(list -> list.bucket(bucket));
                        }
                    })
                    .as("%s", fault)
                    .isInstanceOf(SdkException.class)
                    .isNotInstanceOf(NoSuchKeyException.class);
        }
    }

    @Test
    void everyStepOfAnUploadInPartsCanFail() {
        for (RequestKind step :
                new RequestKind[] {RequestKind.CREATE_UPLOAD, RequestKind.UPLOAD_PART, RequestKind.COMPLETE_UPLOAD}) {
            proxy.breakNext(step, Fault.SLOW_DOWN);
            assertThatThrownBy(() -> upload("large")).as("%s", step).isInstanceOf(S3Exception.class);
            assertThat(exists("large")).isFalse();
        }
        proxy.breakNext(RequestKind.COMPLETE_UPLOAD, Fault.ERROR_IN_OK);
        assertThatThrownBy(() -> upload("large")).isInstanceOf(SdkException.class);
        assertThat(exists("large")).isFalse();
    }

    @Test
    void aServerThatIsAwayLooksLikeABrokenConnection() {
        try (FaultyS3 nobody = FaultyS3.inFrontOf(URI.create("http://127.0.0.1:1"), 1);
                S3Client lonely = client(nobody.endpoint())) {
            assertThatThrownBy(() -> lonely.listObjectsV2(list -> list.bucket(bucket)))
                    .isInstanceOf(SdkClientException.class);
        }
    }

    private void put(String key) {
        client.putObject(put -> put.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.fromString(TEXT));
    }

    private void upload(String key) {
        String id = client.createMultipartUpload(create -> create.bucket(bucket).key(key))
                .uploadId();
        CompletedPart part = CompletedPart.builder()
                .partNumber(1)
                .eTag(client.uploadPart(
                                one -> one.bucket(bucket).key(key).uploadId(id).partNumber(1),
                                RequestBody.fromString(TEXT))
                        .eTag())
                .build();
        client.uploadPart(
                one -> one.bucket(bucket).key(key).uploadId(id).partNumber(2), RequestBody.fromString("the end"));
        client.completeMultipartUpload(
                complete -> complete.bucket(bucket).key(key).uploadId(id).multipartUpload(parts -> parts.parts(part)));
    }

    private boolean exists(String key) {
        try {
            direct.headObject(head -> head.bucket(bucket).key(key));
            return true;
        } catch (NoSuchKeyException absent) {
            return false;
        }
    }

    private static S3Client client(URI endpoint) {
        return client(endpoint, S3Process.SECRET_KEY);
    }

    private static S3Client client(URI endpoint, String secret) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.of(S3Process.REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Process.ACCESS_KEY, secret)))
                .httpClientBuilder(ApacheHttpClient.builder().socketTimeout(CLIENT_WAITS))
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }
}
