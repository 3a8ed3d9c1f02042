package dev.stagecoach.alerts.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stagecoach.access.Roles;
import dev.stagecoach.alerts.digest.Digest;
import dev.stagecoach.events.EventCodec;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The weekly digests for programs. */
@Path("/v1/digests")
@RolesAllowed(Roles.VIEWER)
class DigestsResource {
    private static final int MOST = 100;

    private static final String NEWEST = """
            select content from digest where ?::text is null or owner = ? order by at desc, owner limit ?
            """;

    private final DataSource database;

    DigestsResource(DataSource database) {
        this.database = database;
    }

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    public List<Digest> list(@QueryParam("owner") @Nullable String owner) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(NEWEST)) {
            select.setString(1, owner);
            select.setString(2, owner);
            select.setInt(3, MOST);
            try (ResultSet rows = select.executeQuery()) {
                List<Digest> digests = new ArrayList<>();
                while (rows.next()) {
                    digests.add(digest(rows.getString("content")));
                }
                return digests;
            }
        }
    }

    /** A digest as it was kept. */
    static Digest digest(String content) {
        try {
            return EventCodec.json().readValue(content, Digest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored digest is no JSON: " + content, e);
        }
    }
}
