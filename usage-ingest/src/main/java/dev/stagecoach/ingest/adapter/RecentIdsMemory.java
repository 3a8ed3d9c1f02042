package dev.stagecoach.ingest.adapter;

import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.RecentIds;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;
import org.jspecify.annotations.Nullable;

/**
 * The last ids as 64-bit hashes, in two sets: when the younger one is full, the older one is forgotten. With half a million in each, one new
 * event in 18 million millions is taken for a repeated one.
 */
@Singleton
final class RecentIdsMemory implements RecentIds {
    private static final XXHash64 HASH = XXHashFactory.fastestJavaInstance().hash64();
    private static final int SEED = 0x57a6ec0a;

    private final int capacity;
    private LongOpenHashSet younger = new LongOpenHashSet();
    private LongOpenHashSet older = new LongOpenHashSet();

    RecentIdsMemory(IngestConfig config) {
        this.capacity = config.rememberedIds();
    }

    @Override
    public RecentIds.Claim claim() {
        return new Claim();
    }

    private synchronized boolean contains(long hash) {
        return younger.contains(hash) || older.contains(hash);
    }

    private synchronized void add(LongArrayList hashes) {
        for (int i = 0; i < hashes.size(); i++) {
            if (younger.size() >= capacity) {
                LongOpenHashSet forgotten = older;
                older = younger;
                forgotten.clear();
                younger = forgotten;
            }
            younger.add(hashes.getLong(i));
        }
    }

    private static long hash(String account, String id) {
        // No account id has a control character, so that ("ab", "c") and ("a", "bc") stay apart.
        byte[] bytes = (account + '\0' + id).getBytes(StandardCharsets.UTF_8);
        return HASH.hash(bytes, 0, bytes.length, SEED);
    }

    private final class Claim implements RecentIds.Claim {
        private final LongArrayList mine = new LongArrayList(1);
        private @Nullable LongOpenHashSet seen;

        @Override
        public boolean isNew(String account, String id) {
            long hash = hash(account, id);
            if (isMine(hash) || contains(hash)) {
                return false;
            }
            mine.add(hash);
            return true;
        }

        private boolean isMine(long hash) {
            if (mine.isEmpty()) {
                return false;
            }
            if (seen == null) {
                seen = new LongOpenHashSet(mine);
            }
            // Every one that is asked for is mine from then on, or was already.
            return !seen.add(hash);
        }

        @Override
        public void stored() {
            add(mine);
        }
    }
}
