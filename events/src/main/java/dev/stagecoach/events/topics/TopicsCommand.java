package dev.stagecoach.events.topics;

import static java.util.stream.Collectors.toMap;

import dev.stagecoach.events.Topics;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;

/**
 * Compares the topics of a Kafka with {@code topics.yaml}, and makes them alike. Every service has all that it needs beside its own classes,
 * so that it runs from the image of any of them:
 *
 * <pre>java -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp 'lib/main/*:lib/boot/*' dev.stagecoach.events.topics.TopicsCommand apply</pre>
 *
 * The environment says where Kafka is, as it does to a service: {@code KAFKA_BOOTSTRAP_SERVERS}, and any other setting of a client of Kafka in the same
 * way. {@code STAGECOACH_TOPICS_REPLICAS} and {@code STAGECOACH_TOPICS_PARTITIONS} replace what the file says.
 */
public final class TopicsCommand {
    private static final int DONE = 0;
    private static final int DIFFERENT = 1;
    private static final int FAILED = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_MILLIS = 50;

    private static final String KAFKA = "KAFKA_";
    private static final String REPLICAS = "STAGECOACH_TOPICS_REPLICAS";
    private static final String PARTITIONS = "STAGECOACH_TOPICS_PARTITIONS";

    private final Map<String, String> environment;
    private final PrintStream out;

    TopicsCommand(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    /**
     * Does it and says what it did.
     *
     * @param arguments {@code check}, which changes nothing, or {@code apply}
     */
    public static void main(String[] arguments) {
        System.exit(new TopicsCommand(System.getenv(), System.out).run(List.of(arguments)));
    }

    /** 0 when all is as it should be in the end; 1 when something differs that was not, or cannot be changed; 2 when it could not be told. */
    int run(List<String> arguments) {
        if (!arguments.equals(List.of("check")) && !arguments.equals(List.of("apply"))) {
            out.println("Say what to do: check (changes nothing) or apply.");
            return FAILED;
        }
        try (Admin admin = Admin.create(kafka())) {
            return run(new TopicsInKafka(admin), arguments.contains("apply"));
        } catch (ExecutionException | KafkaException | IllegalArgumentException e) {
            out.println("The topics could not be compared or changed: " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private int run(TopicsInKafka topics, boolean apply) throws ExecutionException, InterruptedException {
        List<NewTopic> wanted = wanted();
        TopicPlan plan = topics.compare(wanted);
        plan.words().forEach(out::println);
        plan.beyond().forEach(out::println);
        if (apply) {
            topics.apply(plan);
            out.printf(
                    "%d created, %d changed.%n",
                    plan.missing().size(), plan.settings().size());
            plan = settled(topics, wanted);
        }
        out.println(
                plan.isEmpty()
                        ? "All " + wanted.size() + " topics are as they should be."
                        : "Not all topics are as they should be.");
        return plan.isEmpty() ? DONE : DIFFERENT;
    }

    /** What still differs once the brokers have heard from the controller what was changed. */
    private static TopicPlan settled(TopicsInKafka topics, List<NewTopic> wanted)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        TopicPlan left = topics.compare(wanted);
        while (!left.words().isEmpty() && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            left = topics.compare(wanted);
        }
        return left;
    }

    private List<NewTopic> wanted() {
        NewTopic usual = Topics.all().get(0);
        int partitions = number(PARTITIONS, usual.numPartitions());
        int replicas = number(REPLICAS, usual.replicationFactor());
        return replicas == usual.replicationFactor() && partitions == usual.numPartitions()
                ? Topics.all()
                : Topics.with(partitions, (short) replicas);
    }

    private int number(String variable, int otherwise) {
        String text = environment.get(variable);
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(variable + ": " + text + " (expected: a number)", e);
        }
    }

    private Map<String, Object> kafka() {
        if (!environment.containsKey("KAFKA_BOOTSTRAP_SERVERS")) {
            throw new IllegalArgumentException("KAFKA_BOOTSTRAP_SERVERS is not set: it says where Kafka is.");
        }
        return environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(KAFKA))
                .map(variable -> Map.entry(setting(variable.getKey()), (Object) variable.getValue()))
                .filter(setting -> AdminClientConfig.configNames().contains(setting.getKey()))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** {@code KAFKA_SECURITY_PROTOCOL} is {@code security.protocol}. */
    private static String setting(String variable) {
        return variable.substring(KAFKA.length()).toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
