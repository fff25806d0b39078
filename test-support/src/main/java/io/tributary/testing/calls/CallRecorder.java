package io.tributary.testing.calls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Runs inside a program under test: the SDK for Java loads it where {@link #RESOURCE} names it, and it writes each
 * operation that is sent to a file, with the object or prefix that it is about ({@code s3 PutObject staging/a/b}). It
 * needs nothing but the SDK. Any thread may send.
 */
public final class CallRecorder implements ExecutionInterceptor {
    /** Where the SDK looks for interceptors. */
    public static final String RESOURCE = "software/amazon/awssdk/global/handlers/execution.interceptors";
    /** The system property that names the file. */
    public static final String FILE = "tributary.calls";

    private static final Pattern OBJECT = Pattern.compile("/[^/]+/(.+)");

    private final Path file = Path.of(System.getProperty(FILE, "calls"));

    @Override
    public void beforeTransmission(Context.BeforeTransmission sent, ExecutionAttributes attributes) {
        String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        String line = service.toLowerCase(Locale.ROOT) + " " + operation + " " + about(sent.httpRequest()) + "\n";
        try {
            Files.write(file, line.getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String about(SdkHttpRequest request) {
        Matcher object = OBJECT.matcher(request.encodedPath());
        return object.matches()
                ? object.group(1)
                : request.firstMatchingRawQueryParameter("prefix").orElse("*");
    }
}
