using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Markets.Participants;

/// <summary>Something that is going to happen: a participant wakes, a message reaches the book, or news reaches a
/// participant.</summary>
internal readonly record struct SimulationItem(
    SimulationItemKind Kind, int Participant, BookMessage Message, OrderUpdate Update)
{
    internal static SimulationItem Wake(int participant) =>
        new(SimulationItemKind.Wake, participant, default, default);

    internal static SimulationItem Send(in BookMessage message) =>
        new(SimulationItemKind.Send, message.Participant, message, default);

    internal static SimulationItem Tell(int participant, in OrderUpdate update) =>
        new(SimulationItemKind.Tell, participant, default, update);

    internal void Save(BinaryWriter writer)
    {
        writer.Write((byte)Kind);
        writer.Write(Participant);
        if (Kind == SimulationItemKind.Send)
        {
            writer.Write(Message.Time);
            writer.Write(Message.OrderId);
            writer.Write(Message.Quantity);
            writer.Write(Message.Price);
            writer.Write((int)Message.Side);
            writer.Write((byte)Message.Kind);
            writer.Write((byte)Message.Lifetime);
            writer.Write((byte)Message.SelfTrade);
        }
        else if (Kind == SimulationItemKind.Tell)
        {
            writer.Write((byte)Update.Kind);
            writer.Write(Update.OrderId);
            writer.Write((int)Update.Side);
            writer.Write(Update.Price);
            writer.Write(Update.Quantity);
            writer.Write(Update.Open);
            writer.Write(Update.IsMaker);
            writer.Write((byte)Update.Reject);
        }
    }

    internal static SimulationItem Load(BinaryReader reader, int participants)
    {
        var kind = (SimulationItemKind)reader.ReadByte();
        int participant = reader.ReadInt32();
        if (participant < 0 || participant >= participants)
            throw new InvalidDataException($"there is no participant {participant} among {participants}.");
        return kind switch
        {
            SimulationItemKind.Wake => Wake(participant),
            SimulationItemKind.Send => Send(new BookMessage
            {
                Participant = participant,
                Time = reader.ReadInt64(),
                OrderId = reader.ReadInt64(),
                Quantity = reader.ReadInt64(),
                Price = reader.ReadInt32(),
                Side = (Side)reader.ReadInt32(),
                Kind = (OrderKind)reader.ReadByte(),
                Lifetime = (OrderLifetime)reader.ReadByte(),
                SelfTrade = (SelfTradePolicy)reader.ReadByte(),
            }),
            SimulationItemKind.Tell => Tell(participant, new OrderUpdate(
                (BookEventKind)reader.ReadByte(), reader.ReadInt64(), (Side)reader.ReadInt32(), reader.ReadInt32(),
                reader.ReadInt64(), reader.ReadInt64(), reader.ReadBoolean(), (RejectReason)reader.ReadByte())),
            _ => throw new InvalidDataException($"{(byte)kind} is not a kind of item."),
        };
    }
}

/// <summary>The kinds of <see cref="SimulationItem"/>.</summary>
internal enum SimulationItemKind : byte
{
    Wake,
    Send,
    Tell,
}
