package io.tributary.sandbox.lake;

import io.tributary.sandbox.server.DataDirectory;
import io.tributary.sandbox.server.RunningServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.tools.Server;

/**
 * An H2 database over TCP. Every commit is written before it is acknowledged, so that a killed server has lost nothing
 * that it promised. Owns the directory; started and closed by one thread each, in that order.
 */
final class CatalogServer implements RunningServer {
    private final DataDirectory directory;
    private final Server server;
    private final Connection keeper;

    private CatalogServer(DataDirectory directory, Server server, Connection keeper) {
        this.directory = directory;
        this.server = server;
        this.keeper = keeper;
    }

    static CatalogServer start(DataDirectory directory, int port) throws SQLException {
        Server server = Server.createTcpServer(
                "-tcpPort", Integer.toString(port), "-baseDir", directory.path().toString(), "-ifNotExists");
        server.start();
        // A connection of our own keeps the database open between those of others.
        Connection keeper = DriverManager.getConnection(url(server.getPort()));
        try (Statement statement = keeper.createStatement()) {
            statement.execute("SET WRITE_DELAY 0");
        }
        return new CatalogServer(directory, server, keeper);
    }

    /** How clients reach the database. */
    static String url(int port) {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/./lake;DATABASE_TO_UPPER=FALSE;USER=sa;PASSWORD=";
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() throws Exception {
        keeper.close();
        server.stop();
        directory.close();
    }
}
