package io.tributary.etl.config;

import io.tributary.daemon.config.ConfigSection;
import io.tributary.etl.schema.DeclaredType;
import io.tributary.etl.schema.SchemaPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.types.Type;

/**
 * One table and the topic that feeds it.
 *
 * @param path      where the configuration has it, for errors
 * @param topic     the topic
 * @param table     the table's name in the database
 * @param mode      how records become rows
 * @param columns   declared types by column; other columns are inferred
 * @param transform a query over {@code records}, if rows are not the records as they are
 * @param rules     conditions that rows must meet
 */
public record TableConfig(
        String path,
        String topic,
        String table,
        Mode mode,
        Map<String, Type> columns,
        Optional<String> transform,
        List<QualityRule> rules) {

    /** The topic that carries what the sources of this one refused. */
    public String rejectedTopic() {
        return topic + ".rejected";
    }

    /** The table's name where none is given: the topic's, with other characters than letters, digits and _ as _. */
    public static String tableName(String topic) {
        return topic.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }

    static TableConfig read(ConfigSection section, String path) {
        String topic =
                section.text("topic").doc("The topic whose chain is merged.").required();
        String table = section.text("table")
                .doc("The table; absent takes the topic's name, with other characters than letters and digits as _.")
                .must("consist of letters, digits and _", name -> name.matches("[A-Za-z0-9_]+"))
                .optional()
                .orElse(topic);
        Mode mode = section.choice("mode", Mode.class)
                .doc("append: every record is a row. upsert: one row for each key, the latest record's.")
                .orDefault("append");
        Optional<String> transform = section.text("transform")
                .doc(
                        "A Spark SQL query over the view `records` that keeps the metadata columns _key, _incarnation,"
                                + " _topic_partition, _offset and _timestamp, for example SELECT *, upper(city) AS town FROM records.")
                .optional();
        return new TableConfig(
                path,
                topic,
                tableName(table),
                mode,
                columns(section),
                transform,
                section.sections(
                        "rules",
                        "Conditions that rows must meet; others are rejected.",
                        rule -> new QualityRule(
                                rule.text("name").doc("What to call the rule.").required(),
                                rule.text("where")
                                        .doc("The condition, in Spark SQL.")
                                        .required())));
    }

    private static Map<String, Type> columns(ConfigSection section) {
        Map<String, Type> types = new LinkedHashMap<>();
        section.map(
                        "columns",
                        "Types by column: " + DeclaredType.KNOWN
                                + ". What is not declared is inferred, or has the type of the column \"*\", if that is"
                                + " declared: string keeps any JSON.")
                .forEach((name, text) -> DeclaredType.parse(text)
                        .ifPresentOrElse(
                                type -> types.put(name.toLowerCase(java.util.Locale.ROOT), type),
                                () -> section.reject(
                                        "columns",
                                        "column '" + name + "' has the unknown type '" + text + "'; known are "
                                                + DeclaredType.KNOWN)));
        if (types.containsKey(SchemaPlan.REST) && types.get(SchemaPlan.REST).typeId() != Type.TypeID.STRING) {
            section.reject("columns", "column '*' stands for whatever is not declared: only string holds that");
        }
        return types;
    }
}
