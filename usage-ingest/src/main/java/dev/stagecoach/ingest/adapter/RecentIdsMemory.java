package dev.stagecoach.ingest.adapter;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.stagecoach.ingest.IngestConfig;
import dev.stagecoach.ingest.RecentIds;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * The last ids as 64-bit hashes, in two sets: when the younger one is full, the older one is forgotten. With half a million in each, one new
 * event in 18 million millions is taken for a repeated one.
 */
@Singleton
final class RecentIdsMemory implements RecentIds {
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

    private final class Claim implements RecentIds.Claim {
        private final HashStream64 hash = Hashing.xxh3_64().hashStream();
        private final LongArrayList mine = new LongArrayList(1);
        private @Nullable LongOpenHashSet seen;

        @Override
        public boolean isNew(String account, String id) {
            // Lengths are part of it, so that ("ab", "c") and ("a", "bc") stay apart.
            long bits = hash.reset().putString(account).putString(id).getAsLong();
            if (isMine(bits) || contains(bits)) {
                return false;
            }
            mine.add(bits);
            return true;
        }

        private boolean isMine(long bits) {
            if (mine.isEmpty()) {
                return false;
            }
            if (seen == null) {
                seen = new LongOpenHashSet(mine);
            }
            // Every one that is asked for is mine from then on, or was already.
            return !seen.add(bits);
        }

        @Override
        public void stored() {
            add(mine);
        }
    }
}
