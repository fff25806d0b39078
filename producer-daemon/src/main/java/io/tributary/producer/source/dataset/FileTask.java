package io.tributary.producer.source.dataset;

import io.tributary.producer.source.dataset.csv.Header;
import io.tributary.producer.source.dataset.file.DataFile;
import java.util.Optional;

/**
 * A file that was looked at and can be read.
 *
 * @param file   as it was then
 * @param format never {@link FileFormat#AUTO}
 * @param header of CSV
 * @param start  where to go on
 */
record FileTask(DataFile file, FileFormat format, Optional<Header> header, FilePosition start) {

    /** Whether there was nothing to read behind the start when the file was looked at. */
    boolean finished() {
        return file.gzip() ? start.atEnd() && start.size() == file.size() : start.offset() >= file.size();
    }
}
