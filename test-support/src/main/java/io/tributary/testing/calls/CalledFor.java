package io.tributary.testing.calls;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/**
 * What a request is about, by its own fields: {@code s3 PutObject BUCKET/staging/orders/*},
 * {@code s3 ListObjectsV2 BUCKET staging/orders/*}, {@code glue GetTable lake/orders}. Of a key the first two segments are
 * kept: the others say when it was made and by whom. Pure.
 */
final class CalledFor {
    private static final int TELLING_SEGMENTS = 2;

    private CalledFor() {}

    /** Each call that the request is: of many objects there is one for each, of which the same are one. */
    static List<String> calls(String service, String operation, SdkRequest request) {
        String call = service.toLowerCase(Locale.ROOT) + " " + operation + " ";
        return abouts(request).map(about -> call + about).distinct().collect(Collectors.toList());
    }

    private static Stream<String> abouts(SdkPojo request) {
        Optional<String> bucket = text(request, "Bucket");
        if (bucket.isPresent()) {
            return keys(request).map(key -> bucket.get() + key);
        }
        Optional<String> database = text(request, "DatabaseName");
        Optional<String> name = text(request, "Name")
                .or(() -> member(request, "TableInput", SdkPojo.class).flatMap(table -> text(table, "Name")));
        if (database.isPresent()) {
            return Stream.of(database.get() + "/" + name.orElse("*"));
        }
        return Stream.of(name.or(() -> text(request, "Namespace")).orElse("*"));
    }

    /** What stands behind the bucket. */
    private static Stream<String> keys(SdkPojo request) {
        Optional<String> key = text(request, "Key");
        if (key.isPresent()) {
            return Stream.of("/" + general(key.get()));
        }
        Optional<SdkPojo> deleted = member(request, "Delete", SdkPojo.class);
        if (deleted.isPresent()) {
            return member(deleted.get(), "Objects", List.class).stream()
                    .flatMap(objects -> ((List<?>) objects).stream())
                    .map(object -> "/" + general(text((SdkPojo) object, "Key").orElse("*")));
        }
        return Stream.of(" " + general(text(request, "Prefix").orElse("")));
    }

    private static String general(String key) {
        String[] segments = key.split("/", TELLING_SEGMENTS + 1);
        boolean longer = segments.length > TELLING_SEGMENTS && !segments[TELLING_SEGMENTS].isEmpty();
        return longer ? segments[0] + "/" + segments[1] + "/*" : key;
    }

    private static Optional<String> text(SdkPojo pojo, String name) {
        return member(pojo, name, String.class);
    }

    private static <T> Optional<T> member(SdkPojo pojo, String name, Class<T> type) {
        return pojo.sdkFields().stream()
                .filter(field -> field.memberName().equals(name))
                .map(field -> field.getValueOrDefault(pojo))
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
