package io.tributary.producer.source.mastodon;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * A status's HTML as plain text: paragraphs apart by a blank line, breaks as line ends, items of lists each on a line.
 * Scripts, styles and whatever else is not text are gone; addresses that are partly hidden are whole. Pure.
 */
final class StatusText {
    private StatusText() {}

    static String of(String html) {
        Element body = Jsoup.parseBodyFragment(html).body();
        body.select("script, style, template, noscript, iframe, object, head, title")
                .remove();
        Writer writer = new Writer();
        body.traverse(writer);
        return writer.text();
    }

    private static final class Writer implements NodeVisitor {
        private final StringBuilder text = new StringBuilder();
        private int breaks;
        private boolean blank;

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode written) {
                write(written.getWholeText(), preformatted(written));
            } else if (node instanceof Element element) {
                open(element);
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element && !element.normalName().equals("body")) {
                breakLines(breaksAround(element));
            }
        }

        private void open(Element element) {
            if (element.normalName().equals("br")) {
                breaks++;
                blank = false;
            } else if (!element.normalName().equals("body")) {
                breakLines(breaksAround(element));
                if (element.normalName().equals("li")) {
                    write("- ", true);
                }
            }
        }

        private static int breaksAround(Element element) {
            return switch (element.normalName()) {
                case "p", "blockquote", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6" -> 2;
                case "div", "li" -> 1;
                default -> 0;
            };
        }

        private void breakLines(int wanted) {
            breaks = Math.max(breaks, wanted);
            blank &= wanted == 0;
        }

        private static boolean preformatted(TextNode node) {
            Element parent = node.parentElement();
            return parent != null && parent.closest("pre") != null;
        }

        private void write(String words, boolean asIs) {
            for (int at = 0; at < words.length(); at++) {
                char next = words.charAt(at);
                boolean space = next == ' ' || next == '\t' || next == '\n' || next == '\r' || next == '\f';
                if (space && !asIs) {
                    blank = true;
                    continue;
                }
                flush();
                text.append(next);
            }
        }

        private void flush() {
            if (text.length() > 0) {
                text.append("\n".repeat(breaks));
                if (blank && breaks == 0) {
                    text.append(' ');
                }
            }
            breaks = 0;
            blank = false;
        }

        String text() {
            return text.toString().strip();
        }
    }
}
