using System.Buffers;
using System.Text;
using AgenticOS.Protocol.Replies;

namespace AgenticOS.Protocol.Tests.Replies;

/// <summary>Byte for byte what existing clients were written against.</summary>
public class ReplyGoldenTests
{
    [Theory]
    [InlineData(OkCode.Ping, "PONG", "+OK PING 4\r\nPONG")]
    [InlineData(OkCode.Generic, "Process Started PID: 1", "+OK GENERIC 22\r\nProcess Started PID: 1")]
    [InlineData(OkCode.Generic, "Master Model Loaded. family=Llama path=P",
        "+OK GENERIC 40\r\nMaster Model Loaded. family=Llama path=P")]
    [InlineData(OkCode.Generic, "Selected model 'ID'.", "+OK GENERIC 20\r\nSelected model 'ID'.")]
    [InlineData(OkCode.Generic, "Models (1)\n* id=a family=Llama path=p",
        "+OK GENERIC 37\r\nModels (1)\n* id=a family=Llama path=p")]
    [InlineData(OkCode.Term, "Termination requested for PID 7", "+OK TERM 31\r\nTermination requested for PID 7")]
    [InlineData(OkCode.Kill, "Killed PID 7", "+OK KILL 12\r\nKilled PID 7")]
    [InlineData(OkCode.SetGen, "temperature=0.5 top_p=1 seed=7 max_tokens=64",
        "+OK SET_GEN 44\r\ntemperature=0.5 top_p=1 seed=7 max_tokens=64")]
    [InlineData(OkCode.GetGen, "temperature=0.5 top_p=1 seed=7 max_tokens=64",
        "+OK GET_GEN 44\r\ntemperature=0.5 top_p=1 seed=7 max_tokens=64")]
    [InlineData(OkCode.Status, "pid=1", "+OK STATUS 5\r\npid=1")]
    [InlineData(OkCode.Memw, "Written 4 floats into 1 blocks", "+OK MEMW 30\r\nWritten 4 floats into 1 blocks")]
    [InlineData(OkCode.SetPriority, "", "+OK SET_PRIORITY 0\r\n")]
    [InlineData(OkCode.GetQuota, "", "+OK GET_QUOTA 0\r\n")]
    [InlineData(OkCode.SetQuota, "", "+OK SET_QUOTA 0\r\n")]
    [InlineData(OkCode.Auth, "OK", "+OK AUTH 2\r\nOK")]
    [InlineData(OkCode.Shutdown, "Shutting down.", "+OK SHUTDOWN 14\r\nShutting down.")]
    [InlineData(OkCode.Generic, "è🦙", "+OK GENERIC 6\r\nè🦙")]
    public void Ok_IsWrittenByteForByte(OkCode code, string payload, string expected) =>
        Written(w => ReplyWriter.WriteOk(w, code, payload)).ShouldBe(expected);

    [Theory]
    [InlineData(ErrorCode.PidNotFound, "PID 9 not found", "-ERR PID_NOT_FOUND 15\r\nPID 9 not found")]
    [InlineData(ErrorCode.BadHeader, "", "-ERR BAD_HEADER 0\r\n")]
    public void Error_IsWrittenByteForByte(ErrorCode code, string message, string expected) =>
        Written(w => ReplyWriter.WriteError(w, code, message)).ShouldBe(expected);

    [Fact]
    public void Frames_AreWrittenByteForByte()
    {
        Written(w => ReplyWriter.WriteData(w, "A"u8)).ShouldBe("DATA raw 1\r\nA");
        Written(w => ReplyWriter.WriteData(w, "[[CALC: 37*19]]"u8)).ShouldBe("DATA raw 15\r\n[[CALC: 37*19]]");
        Written(ReplyWriter.WriteHeartbeat).ShouldBe("DATA raw 0\r\n");
    }

    [Fact]
    public void EndMarker_IsOneFrameWithItsNewlinesAndWhatClientsLookFor()
    {
        var frame = Written(w => ReplyWriter.WriteEnd(w, new EndMarker(1, "killed", 12, 3.14159)));
        frame.ShouldBe("DATA raw 66\r\n\n[PROCESS_FINISHED pid=1 reason=killed tokens=12 elapsed_s=3.142]\n");
        frame.ShouldContain("[PROCESS_FINISHED pid=1");
    }

    private static string Written(Action<IBufferWriter<byte>> write)
    {
        var writer = new ArrayBufferWriter<byte>();
        write(writer);
        return Encoding.UTF8.GetString(writer.WrittenSpan);
    }
}
