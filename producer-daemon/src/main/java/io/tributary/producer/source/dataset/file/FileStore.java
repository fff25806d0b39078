package io.tributary.producer.source.dataset.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A place where files lie. Safe for many threads. */
public interface FileStore {
    /**
     * The files that a path means: one file, those that match a pattern ({@code *}, {@code ?}, {@code [...]},
     * {@code {a,b}} in the last element), or the data files directly in a directory, by name. Directories are not
     * descended into, and hidden files are left out of directories and patterns.
     *
     * @return sorted by name; empty where a pattern or a directory has none
     * @throws NoSuchPathException if a single file or a directory does not exist
     * @throws IOException         if the place cannot be read; the message names the path
     */
    List<DataFile> list(String path) throws IOException;

    /**
     * The file as it is now.
     *
     * @throws NoSuchPathException if it is gone
     */
    DataFile refresh(DataFile file) throws IOException;

    /**
     * The file's bytes as they are stored. The caller closes the stream.
     *
     * @param offset how many bytes to leave out
     * @throws IOException if it cannot be read; the message names the file
     */
    InputStream open(DataFile file, long offset) throws IOException;
}
