package io.tributary.producer.source.dataset.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Local files and objects behind one door: paths that begin with {@code s3://} go to S3, all others stay here. */
public final class Stores implements FileStore {
    private final FileStore local;
    private final Optional<FileStore> s3;

    public Stores(FileStore local, Optional<FileStore> s3) {
        this.local = local;
        this.s3 = s3;
    }

    @Override
    public List<DataFile> list(String path) throws IOException {
        return storeOf(path).list(path);
    }

    @Override
    public DataFile refresh(DataFile file) throws IOException {
        return storeOf(file.name()).refresh(file);
    }

    @Override
    public InputStream open(DataFile file, long offset) throws IOException {
        return storeOf(file.name()).open(file, offset);
    }

    private FileStore storeOf(String path) throws IOException {
        if (!path.startsWith(S3Files.SCHEME)) {
            return local;
        }
        return s3.orElseThrow(() -> new IOException(path + ": there is no S3 client"));
    }
}
