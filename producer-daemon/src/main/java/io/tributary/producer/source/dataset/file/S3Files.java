package io.tributary.producer.source.dataset.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects in S3, named {@code s3://bucket/key}; a key that ends in a slash, or is a prefix of such keys, is a directory.
 * What was opened stays the same object: reading fails where it is replaced meanwhile. The client belongs to the caller.
 */
public final class S3Files implements FileStore {
    /** What the paths begin with. */
    public static final String SCHEME = "s3://";

    private static final int NOT_FOUND = 404;
    private static final int CHANGED = 412;

    private final S3Client s3;

    public S3Files(S3Client s3) {
        this.s3 = s3;
    }

    @Override
    public List<DataFile> list(String path) throws IOException {
        Location place = Location.parse(path);
        try {
            if (!place.key().isEmpty() && !place.key().endsWith("/")) {
                try {
                    return List.of(describe(place));
                } catch (NoSuchPathException notAnObject) {
                    return listAround(place, notAnObject);
                }
            }
            return directory(place, place.key());
        } catch (SdkException failure) {
            throw failed(path, failure);
        }
    }

    private List<DataFile> listAround(Location place, NoSuchPathException missing) throws IOException {
        String folder = place.key().substring(0, place.key().lastIndexOf('/') + 1);
        String last = place.key().substring(folder.length());
        if (Patterns.isPattern(last)) {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + last);
            return filesUnder(place, folder).stream()
                    .filter(file -> !lastElement(file).startsWith(".") && matcher.matches(Path.of(lastElement(file))))
                    .toList();
        }
        List<DataFile> inside = directory(place, place.key() + "/");
        if (inside.isEmpty()) {
            throw missing;
        }
        return inside;
    }

    private List<DataFile> directory(Location place, String prefix) {
        return filesUnder(place, prefix).stream()
                .filter(file -> !lastElement(file).startsWith(".") && DataEndings.known(file))
                .toList();
    }

    private List<DataFile> filesUnder(Location place, String prefix) {
        List<DataFile> files = new ArrayList<>();
        for (S3Object object : s3.listObjectsV2Paginator(
                        list -> list.bucket(place.bucket()).prefix(prefix).delimiter("/"))
                .contents()) {
            if (!object.key().endsWith("/")) {
                files.add(new DataFile(SCHEME + place.bucket() + "/" + object.key(), object.size(), object.eTag(), 0));
            }
        }
        files.sort(Comparator.comparing(DataFile::name));
        return files;
    }

    @Override
    public DataFile refresh(DataFile file) throws IOException {
        try {
            return describe(Location.parse(file.name()));
        } catch (SdkException failure) {
            throw failed(file.name(), failure);
        }
    }

    private DataFile describe(Location place) throws IOException {
        try {
            HeadObjectResponse head =
                    s3.headObject(get -> get.bucket(place.bucket()).key(place.key()));
            return new DataFile(place.url(), head.contentLength(), head.eTag(), 0);
        } catch (S3Exception refused) {
            if (refused.statusCode() == NOT_FOUND) {
                throw new NoSuchPathException(place.url());
            }
            throw refused;
        }
    }

    @Override
    public InputStream open(DataFile file, long offset) throws IOException {
        if (offset >= file.size()) {
            return InputStream.nullInputStream();
        }
        return new ResumingStream(offset, from -> get(file, from));
    }

    private InputStream get(DataFile file, long offset) throws IOException {
        Location place = Location.parse(file.name());
        try {
            return s3.getObject(get -> get.bucket(place.bucket())
                    .key(place.key())
                    .ifMatch(file.version())
                    .range("bytes=" + offset + "-"));
        } catch (SdkException failure) {
            throw failed(file.name(), failure);
        }
    }

    private static IOException failed(String path, SdkException failure) {
        if (failure instanceof NoSuchBucketException) {
            return new NoSuchPathException(path);
        }
        if (failure instanceof S3Exception refused && refused.statusCode() == CHANGED) {
            return new ReplacedException(path);
        }
        return new IOException(path + ": " + failure.getMessage(), failure);
    }

    private static String lastElement(DataFile file) {
        return file.name().substring(file.name().lastIndexOf('/') + 1);
    }

    private record Location(String bucket, String key) {
        static Location parse(String url) throws IOException {
            String rest = url.substring(SCHEME.length());
            int slash = rest.indexOf('/');
            String bucket = slash < 0 ? rest : rest.substring(0, slash);
            if (bucket.isEmpty()) {
                throw new IOException(url + ": not of the form s3://bucket/key");
            }
            return new Location(bucket, slash < 0 ? "" : rest.substring(slash + 1));
        }

        String url() {
            return SCHEME + bucket + "/" + key;
        }
    }
}
