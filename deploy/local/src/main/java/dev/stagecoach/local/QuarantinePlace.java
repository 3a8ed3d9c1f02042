package dev.stagecoach.local;

import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.quarantine.Quarantine;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the quarantine is: in the local stack, if nothing else is said. */
final class QuarantinePlace {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private KafkaAddress kafka = new KafkaAddress();

    @Option(names = "--ingest", paramLabel = "URL", description = "Another usage-ingest than the local stack's.")
    private @Nullable URI ingest;

    Quarantine open() {
        return new Quarantine(kafka.settings());
    }

    URI ingest() {
        return ingest == null
                ? URI.create("http://127.0.0.1:" + kafka.ports().of(Service.INGEST))
                : ServiceClient.address(spec, "--ingest", ingest, "https://usage.example.com");
    }
}
