package io.tributary.testing.calls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Runs inside a program under test: the SDK for Java loads it where {@link #RESOURCE} names it, and it appends to a file
 * what every request that is sent is and is about, a line for each ({@link CalledFor}). It needs nothing but the SDK. Any
 * thread may send.
 */
public final class CallRecorder implements ExecutionInterceptor {
    /** Where the SDK looks for interceptors. */
    public static final String RESOURCE = "software/amazon/awssdk/global/handlers/execution.interceptors";
    /** The system property that names the file. */
    public static final String FILE = "tributary.calls";

    private final Path file =
            Path.of(Objects.requireNonNull(System.getProperty(FILE), FILE + " must name the file to record to"));

    @Override
    public void beforeTransmission(Context.BeforeTransmission sent, ExecutionAttributes attributes) {
        String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        String lines = CalledFor.calls(service, operation, sent.request()).stream()
                .map(call -> call + "\n")
                .collect(Collectors.joining());
        try {
            Files.write(file, lines.getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
