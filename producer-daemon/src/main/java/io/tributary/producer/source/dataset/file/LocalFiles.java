package io.tributary.producer.source.dataset.file;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** The machine's own files. Relative paths begin at the working directory. */
public final class LocalFiles implements FileStore {
    @Override
    public List<DataFile> list(String path) throws IOException {
        Path place = Path.of(path).toAbsolutePath().normalize();
        if (Files.isDirectory(place)) {
            return filesIn(place, "*").stream().filter(DataEndings::known).toList();
        }
        if (Files.exists(place)) {
            return List.of(describe(place));
        }
        Path folder = place.getParent();
        String last = String.valueOf(place.getFileName());
        if (folder == null || !Patterns.isPattern(last)) {
            throw new NoSuchPathException(place.toString());
        }
        if (!Files.isDirectory(folder)) {
            throw new NoSuchPathException(folder.toString());
        }
        return filesIn(folder, last);
    }

    @Override
    public DataFile refresh(DataFile file) throws IOException {
        return describe(Path.of(file.name()));
    }

    @Override
    public InputStream open(DataFile file, long offset) throws IOException {
        // Closing a channel's stream on interrupt, as Files.newInputStream does, would look like a broken file.
        FileInputStream in = new FileInputStream(file.name());
        try {
            in.getChannel().position(offset);
            return in;
        } catch (IOException | RuntimeException failure) {
            in.close();
            throw failure;
        }
    }

    private static List<DataFile> filesIn(Path folder, String pattern) throws IOException {
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException malformed) {
            throw new IOException(
                    folder.resolve(pattern) + ": not a pattern: " + malformed.getDescription(), malformed);
        }
        List<DataFile> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Path name = entry.getFileName();
                if (!name.toString().startsWith(".") && matcher.matches(name) && Files.isRegularFile(entry)) {
                    files.add(describe(entry));
                }
            }
        }
        files.sort(Comparator.comparing(DataFile::name));
        return files;
    }

    private static DataFile describe(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchPathException(path.toString());
        }
        if (!Files.isRegularFile(path)) {
            throw new IOException(path + ": not a regular file; its rows could not be read twice");
        }
        if (!Files.isReadable(path)) {
            throw new IOException(path + ": permission denied");
        }
        return new DataFile(
                path.toString(),
                Files.size(path),
                "",
                Files.getLastModifiedTime(path).toMillis());
    }
}
