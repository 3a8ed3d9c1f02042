package dev.stagecoach.bench.rival;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Counts distinct users per account and day, distinct users per account and month, and uses per account, day and feature. What the
 * stores hold of an account is read once and kept in maps, so that a user's second event of a day reads and writes no user, and no
 * count is read before it is written. Initialised anew, as after a rebalance or an aborted transaction, it reads again.
 */
final class CountUsage implements Processor<byte[], byte[], Void, Void> {

    static final String USERS = "users";
    static final String COUNTS = "counts";

    private final Runnable first;
    private final Map<Bytes, Account> accounts = new HashMap<>();
    private @Nullable KeyValueStore<Bytes, byte[]> users;
    private @Nullable KeyValueStore<Bytes, byte[]> counts;

    /** @param first told of every record, before it is counted */
    CountUsage(Runnable first) {
        this.first = first;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        accounts.clear();
        users = context.getStateStore(USERS);
        counts = context.getStateStore(COUNTS);
    }

    @Override
    public void process(Record<byte[], byte[]> message) {
        first.run();
        var used = UsedFeature.read(message.value());
        accounts.computeIfAbsent(Bytes.wrap(message.key()), this::read).count(used);
    }

    private Account read(Bytes account) {
        if (users == null || counts == null) {
            throw new IllegalStateException("not initialised");
        }
        return new Account(StoreKeys.prefix(account.get()), users, counts);
    }

    /** A count and the key under which it is stored. */
    private static final class Count {
        private final Bytes key;
        private long count;

        Count(Bytes key, byte @Nullable [] stored) {
            this.key = key;
            this.count = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
        }

        void addOneTo(KeyValueStore<Bytes, byte[]> counts) {
            count++;
            counts.put(key, ByteBuffer.allocate(Long.BYTES).putLong(count).array());
        }
    }

    private record User(Bytes key, Activity activity) {}

    private record DayOfFeature(int day, String feature) {}

    private static final class Account {
        private final byte[] prefix;
        private final KeyValueStore<Bytes, byte[]> userStore;
        private final KeyValueStore<Bytes, byte[]> countStore;
        private final Map<String, User> users = new HashMap<>();
        private final Map<Integer, Count> days = new HashMap<>();
        private final Map<Integer, Count> months = new HashMap<>();
        private final Map<DayOfFeature, Count> features = new HashMap<>();

        Account(byte[] prefix, KeyValueStore<Bytes, byte[]> userStore, KeyValueStore<Bytes, byte[]> countStore) {
            this.prefix = prefix;
            this.userStore = userStore;
            this.countStore = countStore;
        }

        void count(UsedFeature used) {
            features.computeIfAbsent(
                            new DayOfFeature(used.day(), used.feature()),
                            day -> stored(StoreKeys.DAY_FEATURE, day.day(), day.feature()))
                    .addOneTo(countStore);
            var user = users.computeIfAbsent(used.user(), this::readUser);
            if (user.activity().add(used.day())) {
                userStore.put(user.key(), user.activity().bytes());
                countUser(used.day(), user.activity());
            }
        }

        private void countUser(int day, Activity activity) {
            days.computeIfAbsent(day, of -> stored(StoreKeys.DAY_USERS, of, "")).addOneTo(countStore);
            var date = LocalDate.ofEpochDay(day);
            int first = day - date.getDayOfMonth() + 1;
            if (activity.daysWithin(first, first + date.lengthOfMonth() - 1) == 1) {
                months.computeIfAbsent(first, of -> stored(StoreKeys.MONTH_USERS, of, ""))
                        .addOneTo(countStore);
            }
        }

        private User readUser(String user) {
            var key = StoreKeys.user(prefix, user);
            var stored = userStore.get(key);
            return new User(key, stored == null ? Activity.none() : Activity.of(stored));
        }

        private Count stored(byte kind, int day, String feature) {
            var key = StoreKeys.count(prefix, kind, day, feature);
            return new Count(key, countStore.get(key));
        }
    }
}
