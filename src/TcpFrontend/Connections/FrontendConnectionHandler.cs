using AgenticOS.Protocol;
using AgenticOS.Protocol.Replies;
using AgenticOS.TcpFrontend.Verbs;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace AgenticOS.TcpFrontend.Connections;

/// <summary>Where Kestrel hands over a socket: gives it a place, or turns it away politely.</summary>
internal sealed class FrontendConnectionHandler(FrontendServices services, VerbTable verbs, ConnectionTable table)
    : ConnectionHandler
{
    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested;
        if (!table.TryEnter())
        {
            await RefuseAsync(connection);
            return;
        }

        var client = new ClientConnection(connection, services, verbs);
        table.Add(client);
        services.Counters.Add(FrontendCount.ConnectionsAccepted);
        try
        {
            await client.RunAsync(stopping ?? CancellationToken.None);
        }
        finally
        {
            table.Leave(client);
        }
    }

    private async Task RefuseAsync(ConnectionContext connection)
    {
        services.Counters.Add(FrontendCount.ConnectionsRefused);
        services.Log.ConnectionRefused(connection.RemoteEndPoint, services.Options.Limits.Connections);
        ReplyWriter.WriteError(connection.Transport.Output, ErrorCode.Busy, "Too many connections; try again later.");
        try
        {
            await connection.Transport.Output.FlushAsync();
            await Farewell.LingerAsync(connection.Transport.Input, services.Options.Limits.LingerTime, services.Time);
        }
        catch (IOException lost)
        {
            services.Log.ConnectionReset(connection.RemoteEndPoint?.ToString() ?? "unknown", lost.Message);
        }
    }
}
