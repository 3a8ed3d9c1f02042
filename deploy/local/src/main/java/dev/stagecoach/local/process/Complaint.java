package dev.stagecoach.local.process;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;

/** What the user can do something about: the message is one sentence for them. */
public final class Complaint extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Complaint(String message) {
        super(message);
    }

    public Complaint(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * That Kafka does not answer a command, which can be told where it is.
     *
     * @param kafka the settings with which it was asked, in Kafka's own words
     */
    public static Complaint ofKafka(Map<String, Object> kafka, KafkaException e) {
        var why = e.getCause() == null ? e : e.getCause();
        return new Complaint(
                "Kafka at " + kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG) + " does not answer: "
                        + why.getMessage() + ". Is the stack up? --port-offset or --kafka says where it is.",
                e);
    }
}
