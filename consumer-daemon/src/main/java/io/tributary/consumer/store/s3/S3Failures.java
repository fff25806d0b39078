package io.tributary.consumer.store.s3;

import io.tributary.consumer.store.StoreException;
import io.tributary.daemon.Failures;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tells failures that pass from those that someone must mend. */
final class S3Failures {
    private static final Set<Integer> PASSING = Set.of(408, 409, 425, 429);
    /** These come with status 400 or 403, but a retry mends them. */
    private static final Set<String> PASSING_CODES =
            Set.of("RequestTimeout", "RequestTimeTooSkewed", "ExpiredToken", "BadDigest", "IncompleteBody", "SlowDown");

    private S3Failures() {}

    static StoreException of(String operation, String bucket, SdkException failure) {
        String what = "s3 " + operation + " in bucket " + bucket + ": ";
        if (!(failure instanceof S3Exception answer)) {
            return StoreException.passing(what + Failures.oneLine(failure), failure);
        }
        int status = answer.statusCode();
        String code = answer.awsErrorDetails() == null
                ? ""
                : String.valueOf(answer.awsErrorDetails().errorCode());
        String message = what + status + (code.isEmpty() ? "" : " " + code) + advice(status, code);
        boolean passing = status < 400 || status >= 500 || PASSING.contains(status) || PASSING_CODES.contains(code);
        return passing ? StoreException.passing(message, failure) : StoreException.refused(message, failure);
    }

    private static String advice(int status, String code) {
        return switch (status) {
            case 301 -> ": the bucket is in another region; set s3.region";
            case 403 -> ": the keys or the role must allow s3:ListBucket, s3:GetObject and s3:PutObject";
            case 404 -> "NoSuchBucket".equals(code) ? ": create the bucket or correct staging.bucket" : "";
            default -> "";
        };
    }
}
