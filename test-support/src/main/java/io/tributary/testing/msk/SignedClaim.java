package io.tributary.testing.msk;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a client says of itself by the mechanism {@code AWS_MSK_IAM}: a presigned request to connect, as JSON. The
 * signature is made anew here from its description, with nothing of AWS's. Immutable.
 */
final class SignedClaim {
    private static final Pattern FIELD = Pattern.compile("\"([^\"]+)\"\\s*:\\s*\"([^\"]*)\"");
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final String VERSION = "2020_10_22";

    private final Map<String, String> fields = new TreeMap<>();

    /** Reads a claim; what is not there is found out by {@link #problem}. */
    SignedClaim(byte[] json) {
        Matcher field = FIELD.matcher(new String(json, StandardCharsets.UTF_8));
        while (field.find()) {
            fields.put(field.group(1), field.group(2));
        }
    }

    /** The host that it asks to connect to. */
    String host() {
        return field("host");
    }

    /** Why it is not believed; empty if it is. */
    String problem(String accessKey, String secretKey, String region) throws GeneralSecurityException {
        if (!field("version").equals(VERSION)
                || !field("action").equals("kafka-cluster:Connect")
                || !field("x-amz-algorithm").equals(ALGORITHM)
                || !field("x-amz-signedheaders").equals("host")) {
            return "not a claim to connect: " + fields.keySet();
        }
        String credential = field("x-amz-credential");
        String date = field("x-amz-date");
        String scope = date.substring(0, Math.min(8, date.length())) + "/" + region + "/kafka-cluster/aws4_request";
        if (!credential.equals(accessKey + "/" + scope)) {
            return "the credential is " + credential;
        }
        return signature(secretKey, region, date, scope).equals(field("x-amz-signature"))
                ? ""
                : "the signature is not by " + accessKey;
    }

    private String signature(String secretKey, String region, String date, String scope)
            throws GeneralSecurityException {
        String query = Stream.of(
                        new String[] {"Action", "action"},
                        new String[] {"X-Amz-Algorithm", "x-amz-algorithm"},
                        new String[] {"X-Amz-Credential", "x-amz-credential"},
                        new String[] {"X-Amz-Date", "x-amz-date"},
                        new String[] {"X-Amz-Expires", "x-amz-expires"},
                        new String[] {"X-Amz-Security-Token", "x-amz-security-token"},
                        new String[] {"X-Amz-SignedHeaders", "x-amz-signedheaders"})
                .filter(name -> fields.containsKey(name[1]))
                .map(name -> name[0] + "=" + encoded(field(name[1])))
                .collect(Collectors.joining("&"));
        String request = String.join("\n", "GET", "/", query, "host:" + host(), "", "host", sha256(""));
        String toSign = String.join("\n", ALGORITHM, date, scope, sha256(request));
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {date.substring(0, 8), region, "kafka-cluster", "aws4_request"}) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    private String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** As AWS encodes: all but letters, digits and {@code -._~}. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (Character.isLetterOrDigit(one) && one > 0) || "-._~".indexOf(one) >= 0;
            encoded.append(plain ? String.valueOf((char) one) : String.format("%%%02X", one));
        }
        return encoded.toString();
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
