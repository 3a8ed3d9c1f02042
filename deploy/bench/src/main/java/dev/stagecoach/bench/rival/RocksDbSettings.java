package dev.stagecoach.bench.rival;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/**
 * One block cache for all stores instead of one each; filters, because most reads are for keys that are not there yet; memtables
 * large enough that nothing is compacted while a run lasts.
 */
public final class RocksDbSettings implements RocksDBConfigSetter {

    private static final long MB = 1024 * 1024;
    private static final int FILTER_BITS = 10;

    private static final Cache CACHE = cache();

    private final BloomFilter filter = new BloomFilter(FILTER_BITS, false);

    private static Cache cache() {
        // Kafka Streams reads its settings before it loads the library.
        RocksDB.loadLibrary();
        return new LRUCache(64 * MB);
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setFilterPolicy(filter);
        options.setTableFormatConfig(table);
        options.setWriteBufferSize(16 * MB);
        options.setMaxWriteBufferNumber(3);
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
    }

    @Override
    public void close(String storeName, Options options) {
        filter.close();
    }
}
