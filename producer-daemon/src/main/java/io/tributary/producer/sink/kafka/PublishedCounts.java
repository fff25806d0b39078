package io.tributary.producer.sink.kafka;

import io.tributary.checkpoint.PublishedCount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many records went to which partition of which topic, in all. Confined to one thread. */
final class PublishedCounts {
    private final Map<Place, Long> counts = new LinkedHashMap<>();

    private record Place(String topic, String incarnation, int partition) {}

    PublishedCounts(List<PublishedCount> before) {
        for (PublishedCount count : before) {
            counts.put(new Place(count.topic(), count.incarnation(), count.partition()), count.records());
        }
    }

    void add(Topic topic, long[] records) {
        for (int partition = 0; partition < records.length; partition++) {
            if (records[partition] > 0) {
                counts.merge(new Place(topic.name(), topic.id(), partition), records[partition], Long::sum);
            }
        }
    }

    List<PublishedCount> all() {
        List<PublishedCount> all = new ArrayList<>();
        counts.forEach((place, records) ->
                all.add(new PublishedCount(place.topic(), place.incarnation(), place.partition(), records)));
        return all;
    }
}
