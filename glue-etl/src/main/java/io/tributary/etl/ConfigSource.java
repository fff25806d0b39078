package io.tributary.etl;

import io.tributary.aws.S3Settings;
import io.tributary.daemon.config.ConfigException;
import io.tributary.daemon.config.ConfigProblem;
import io.tributary.daemon.config.ConfigReader;
import io.tributary.etl.config.MergeConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Reads the configuration from a file or from S3. */
public final class ConfigSource {
    private static final String S3 = "s3://";

    private ConfigSource() {}

    /**
     * The configuration.
     *
     * @param place       a file, or {@code s3://bucket/key}, which is read with the job's own role
     * @param environment the process's environment
     */
    public static MergeConfig read(String place, Map<String, String> environment) throws ConfigException {
        return read(place, List.of(), environment);
    }

    static MergeConfig read(String place, List<EtlArguments.Setting> overrides, Map<String, String> environment)
            throws ConfigException {
        String text = place.startsWith(S3) ? fromS3(place) : fromFile(place);
        String more = overrides.stream().map(EtlArguments.Setting::toHocon).collect(Collectors.joining("\n"));
        return ConfigReader.parse(text, place, more, environment, MergeConfig::read);
    }

    private static String fromFile(String file) throws ConfigException {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException unreadable) {
            String problem = Files.exists(Path.of(file)) ? "cannot be read" : "does not exist";
            throw new ConfigException(List.of(new ConfigProblem("", file, "the config file " + problem)));
        }
    }

    private static String fromS3(String uri) throws ConfigException {
        int slash = uri.indexOf('/', S3.length());
        if (slash < 0) {
            throw new ConfigException(List.of(new ConfigProblem("", uri, "expected s3://bucket/key")));
        }
        S3Settings settings = new S3Settings(Optional.empty(), Optional.empty(), false, Optional.empty());
        try (S3Client client = settings.client(1, 3)) {
            return client.getObjectAsBytes(request ->
                            request.bucket(uri.substring(S3.length(), slash)).key(uri.substring(slash + 1)))
                    .asString(StandardCharsets.UTF_8);
        } catch (SdkException unreadable) {
            throw new ConfigException(List.of(
                    new ConfigProblem("", uri, "the config object cannot be read: " + unreadable.getMessage())));
        }
    }
}
