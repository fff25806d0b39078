package io.tributary.etl.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.SparkSession;

/** Shares links out among Spark's tasks: neighbours together, about the same number of bytes for each task. Pure. */
public final class LinkGroups {
    private static final long LARGEST = 32L << 20;
    private static final int TASKS_PER_CORE = 2;

    private LinkGroups() {}

    /** The links as a dataset of Spark's, in order. */
    public static JavaRDD<PendingLink> distribute(SparkSession spark, List<PendingLink> links) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        List<Group> groups = group(links, context.defaultParallelism() * TASKS_PER_CORE);
        return context.parallelize(groups, Math.max(1, groups.size())).flatMap(new Members());
    }

    static List<Group> group(List<PendingLink> links, int tasks) {
        long total = links.stream().mapToLong(PendingLink::bytes).sum();
        long target = Math.max(1, Math.min(LARGEST, total / tasks));
        List<Group> groups = new ArrayList<>();
        ArrayList<PendingLink> members = new ArrayList<>();
        long bytes = 0;
        for (PendingLink link : links) {
            members.add(link);
            bytes += link.bytes();
            if (bytes >= target) {
                groups.add(new Group(members));
                members = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!members.isEmpty()) {
            groups.add(new Group(members));
        }
        return groups;
    }

    /** Links for one task. */
    record Group(ArrayList<PendingLink> links) implements Serializable {}

    private static final class Members implements FlatMapFunction<Group, PendingLink> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<PendingLink> call(Group group) {
            return group.links().iterator();
        }
    }
}
