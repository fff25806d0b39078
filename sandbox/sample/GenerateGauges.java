import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Makes the bundled sample, always the same bytes: {@code java sandbox/sample/GenerateGauges.java sandbox/sample/gauges.csv}.
 * All stations, rivers, people and readings are invented.
 */
final class GenerateGauges {
    private static final long SEED = 20261120;
    private static final int READINGS = 40_000;
    private static final int CORRECTION_EVERY = 97;
    private static final String END = "\r\n";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT);

    private static final String[] RIVERS = {
        "Silberach", "Große Laune", "Río Quieto", "Øystre Elv", "Białka Mała", "Little Marrow", "Ruisseau d'Antan", "忘川"
    };
    private static final String[] OBSERVERS = {
        "Zoë Łęcka", "Jan \"Pegel\" Huber", "O'Malley, Fionn", "Åse Bø", "M. Nowak", "automatic", "automatic", "automatic"
    };
    private static final String[] NOTES = {
        "boat wake, read twice",
        "gauge board cleaned\nbefore reading",
        "ford closed; \"no passage\" sign set up",
        "Treibholz am Pegel — später geprüft",
        "first line\nsecond line, with a comma\nand \"quotes\"",
        "ducks 🦆 on the gauge",
        "NaN",
        "  spaces kept  ",
        "1e5 midges"
    };

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final OutputStream out;
    private int bad;

    private GenerateGauges(OutputStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[0])))) {
            new GenerateGauges(out).write();
        }
    }

    private void write() throws IOException {
        text("reading_id,station,river,measured_at,level_cm,flow_m3s,water_temp_c,ice,quality,observer,note" + END);
        LocalDateTime time = LocalDateTime.of(2025, 12, 31, 23, 0);
        for (int reading = 1; reading <= READINGS; reading++) {
            if (reading % RIVERS.length == 1) {
                time = time.plusHours(1);
            }
            row(reading, time, false);
            if (reading % CORRECTION_EVERY == 0) {
                row(reading - random.nextInt(50), time, true);
            }
            if (reading % 6_000 == 3_500) {
                badRow(reading, time);
            }
        }
    }

    private void row(int reading, LocalDateTime time, boolean correction) throws IOException {
        int station = reading % RIVERS.length;
        double season = Math.sin(time.getDayOfYear() / 365.0 * 2 * Math.PI - 1.2);
        int level = (int) (140 + 60 * season + 20 * station + random.nextInt(25));
        double flow = level * level / 900.0 * (1 + station * 0.07);
        double temperature = 9.5 + 9.5 * season + random.nextInt(-150, 150) / 100.0;
        boolean gap = random.nextInt(40) == 0;
        String note = correction ? "corrected" : random.nextInt(25) == 0 ? NOTES[random.nextInt(NOTES.length)] : "";
        text(String.join(
                        ",",
                        String.format(Locale.ROOT, "RG-%06d", reading),
                        String.format(Locale.ROOT, "%05d", 417 + station * 31),
                        RIVERS[station],
                        TIME.format(time),
                        gap ? "" : Integer.toString(level),
                        gap ? "" : String.format(Locale.ROOT, "%.3f", flow).replaceAll("0+$", "").replaceAll("\\.$", ".0"),
                        random.nextInt(15) == 0 ? "" : Double.toString(Math.round(temperature * 100) / 100.0),
                        Boolean.toString(temperature < 0.5),
                        correction ? "C" : "AAAAAB".substring(random.nextInt(6)).substring(0, 1),
                        quoted(OBSERVERS[random.nextInt(OBSERVERS.length)]),
                        quoted(note))
                + END);
    }

    /** Rows as they come from broken exports: cut short, with an unquoted comma, or in another encoding. */
    private void badRow(int reading, LocalDateTime time) throws IOException {
        String id = String.format(Locale.ROOT, "RG-9%05d", reading);
        switch (bad++ % 3) {
            case 0 -> text(id + ",00417,Silberach," + TIME.format(time) + ",181" + END);
            case 1 -> text(id + ",00448,Große Laune," + TIME.format(time) + ",201,44.9,9.1,false,A,Nowak, M.,by hand" + END);
            default -> {
                text(id + ",00417,Silberach," + TIME.format(time) + ",181,36.4,8.2,false,B,M. Nowak,");
                out.write("Pegel überprüft".getBytes(StandardCharsets.ISO_8859_1));
                text(END);
            }
        }
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
