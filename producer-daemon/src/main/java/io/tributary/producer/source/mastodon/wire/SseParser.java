package io.tributary.producer.source.mastodon.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a stream of server-sent events into messages, wherever the network cuts its bytes. Comments ({@code :thump}) need
 * no blank line behind them and give no message. An event that is not ended by a blank line was cut off and is dropped; one
 * longer than the bound is dropped too and counted. Confined to one thread.
 */
public final class SseParser {
    private static final int BOM = '\uFEFF';

    private final int longest;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String event = "";
    private boolean hasData;
    private boolean afterCarriageReturn;
    private boolean tooLong;
    private boolean atStart = true;
    private long dropped;

    /**
     * A parser at the beginning of a stream.
     *
     * @param longest the most bytes of one event
     */
    public SseParser(int longest) {
        this.longest = longest;
    }

    /** Takes the next bytes. Returns the messages that they complete. */
    public List<StreamMessage> take(ByteBuffer bytes) {
        List<StreamMessage> messages = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            boolean second = afterCarriageReturn && next == '\n';
            afterCarriageReturn = next == '\r';
            if (next == '\r' || next == '\n') {
                if (!second) {
                    endLine(messages);
                }
            } else if (line.size() < longest) {
                line.write(next);
            } else {
                tooLong = true;
            }
        }
        return messages;
    }

    /** Events that were too long. */
    public long dropped() {
        return dropped;
    }

    private void endLine(List<StreamMessage> messages) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (atStart) {
            atStart = false;
            text = !text.isEmpty() && text.charAt(0) == BOM ? text.substring(1) : text;
        }
        if (text.isEmpty()) {
            dispatch(messages);
        } else if (text.charAt(0) != ':') {
            field(text);
        }
    }

    private void field(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        if (name.equals("event")) {
            event = value;
        } else if (name.equals("data")) {
            if (hasData) {
                data.append('\n');
            }
            hasData = true;
            tooLong |= data.length() + value.length() > longest;
            if (!tooLong) {
                data.append(value);
            }
        }
    }

    private void dispatch(List<StreamMessage> messages) {
        if (tooLong) {
            dropped++;
        } else if (hasData) {
            messages.add(new StreamMessage(event.isEmpty() ? "message" : event, data.toString()));
        }
        tooLong = false;
        hasData = false;
        event = "";
        data.setLength(0);
    }
}
