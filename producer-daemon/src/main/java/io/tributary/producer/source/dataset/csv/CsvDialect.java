package io.tributary.producer.source.dataset.csv;

import java.nio.charset.Charset;

/**
 * How a CSV file is written.
 *
 * @param delimiter what stands between fields, ASCII
 * @param quote     what encloses a field that holds delimiters or line ends; doubled, it stands for itself
 * @param charset   what the bytes mean
 */
public record CsvDialect(char delimiter, char quote, Charset charset) {}
