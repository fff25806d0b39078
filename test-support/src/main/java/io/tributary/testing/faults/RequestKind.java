package io.tributary.testing.faults;

/** What a request to S3 asks for. */
public enum RequestKind {
    PUT,
    CREATE_UPLOAD,
    UPLOAD_PART,
    COMPLETE_UPLOAD,
    HEAD,
    GET,
    LIST,
    DELETE,
    OTHER;

    /** By the request's method and its path with query, in path style: {@code /bucket/key?query}. */
    static RequestKind of(String method, String target) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        boolean object = path.indexOf('/', 1) > 0 && path.indexOf('/', 1) < path.length() - 1;
        boolean upload = query.contains("uploadId=");
        return switch (method) {
            case "PUT" -> !object ? OTHER : upload ? UPLOAD_PART : PUT;
            case "POST" ->
                !object ? OTHER : upload ? COMPLETE_UPLOAD : query.startsWith("uploads") ? CREATE_UPLOAD : OTHER;
            case "HEAD" -> object ? HEAD : OTHER;
            case "GET" -> object ? GET : LIST;
            case "DELETE" -> DELETE;
            default -> OTHER;
        };
    }

    /** Whether it changes the bucket. */
    boolean writes() {
        return this == PUT || this == UPLOAD_PART || this == COMPLETE_UPLOAD || this == CREATE_UPLOAD;
    }
}
