package io.tributary.producer.source.mastodon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.producer.source.mastodon.MastodonApi.Answer;

/** What an instance's answer that is not the wanted one means to an operator. Pure. */
final class Words {
    private static final int LONGEST = 120;

    private Words() {}

    /** Why a timeline is not shown, and what to do. {@code what} names it, such as "its public timeline". */
    static String refusal(Answer answer, String what, boolean withToken) {
        return switch (answer.status()) {
            case 401, 403, 422 ->
                "does not show " + what + " (" + answer.status() + said(answer) + ")"
                        + (withToken ? ", not with this token either" : ": a token (token-env or token-file) may help");
            case 404 -> "has no " + what.substring("its ".length()) + " (404): check the URL";
            case 418 -> "does not talk to this user-agent (418): set client.user-agent";
            default -> unexpected(what, answer);
        };
    }

    /** An answer that nobody expects, or none. */
    static String unexpected(String what, Answer answer) {
        return answer.status() == 0 ? answer.failure() : "answered " + answer.status() + " for " + what + said(answer);
    }

    /** The instance's own explanation, cut where it is long; empty if it gives none. */
    static String said(Answer answer) {
        String error = StatusReader.scalar(json(answer).path("error"));
        return error.isEmpty() ? "" : ": " + (error.length() > LONGEST ? error.substring(0, LONGEST) : error);
    }

    /** The body as JSON; a missing node if it is none. */
    static JsonNode json(Answer answer) {
        try {
            return StatusReader.MAPPER.readTree(answer.body());
        } catch (JsonProcessingException somethingElse) {
            return StatusReader.MAPPER.missingNode();
        }
    }
}
