package io.tributary.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a live process has used, as Linux tells it. */
record ProcessUsage(double cpuSeconds, long peakMiB) {
    static ProcessUsage of(long pid) throws IOException {
        double cpu = ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .map(duration -> duration.toMillis() / 1000.0)
                .orElse(Double.NaN);
        long peak = 0;
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmHWM:")) {
                peak = Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        return new ProcessUsage(cpu, peak);
    }
}
