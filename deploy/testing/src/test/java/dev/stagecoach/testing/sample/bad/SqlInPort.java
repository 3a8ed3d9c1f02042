package dev.stagecoach.testing.sample.bad;

import java.sql.SQLException;

interface SqlInPort {

    void add(String decision) throws SQLException;
}
