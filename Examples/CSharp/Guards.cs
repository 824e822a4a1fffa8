// Guards in C#, as Unity and Mono have it.
//   mcs Guards.cs && mono Guards.exe guard.yaml        (libdramatis.so where the loader looks)
using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

static class Native {
  const string Library = "dramatis";

  [StructLayout(LayoutKind.Sequential)]
  public struct Text {
    public IntPtr Bytes;
    public UIntPtr Length;

    public override string ToString() { return Encoding.UTF8.GetString(Copied()); }

    public byte[] Copied() {
      var bytes = new byte[(int)Length];
      if (bytes.Length > 0) Marshal.Copy(Bytes, bytes, 0, bytes.Length);
      return bytes;
    }
  }

  [StructLayout(LayoutKind.Sequential)]
  public struct Question {
    public Text Instance, Name, Ask, Scene, Event;
    public int IsAboutLine;
  }

  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int AskCall(IntPtr user, ref Question question);

  [StructLayout(LayoutKind.Sequential)]
  public struct Calls {
    public IntPtr User;
    public AskCall Ask;
    public IntPtr Speak;
  }

  [DllImport(Library)] public static extern int dramatis_load(
    byte[] bytes, UIntPtr length, byte[] name, UIntPtr nameLength, out ulong program, IntPtr diagnostics);
  [DllImport(Library)] public static extern int dramatis_instance_new(
    ulong program, byte[] name, UIntPtr length, ulong seed, out ulong instance);
  [DllImport(Library)] public static extern int dramatis_instance_free(ulong instance);
  [DllImport(Library)] public static extern int dramatis_event_parse(byte[] json, UIntPtr length, out ulong happened);
  [DllImport(Library)] public static extern int dramatis_event_free(ulong happened);
  [DllImport(Library)] public static extern int dramatis_turn(
    ulong instance, ulong happened, ref Calls calls, out Text line);
  [DllImport(Library)] public static extern int dramatis_state(
    ulong instance, byte[] machine, UIntPtr length, out Text state);
  [DllImport(Library)] public static extern int dramatis_save(ulong instance, out Text save);
  [DllImport(Library)] public static extern int dramatis_restore(
    ulong program, byte[] save, UIntPtr length, out ulong instance, IntPtr changes);
  [DllImport(Library)] public static extern IntPtr dramatis_message();

  public static void Check(int status) {
    if (status != 0) throw new InvalidOperationException(Marshal.PtrToStringAnsi(dramatis_message()));
  }

  public static byte[] Bytes(string text) { return Encoding.UTF8.GetBytes(text); }
  public static UIntPtr Length(byte[] bytes) { return (UIntPtr)bytes.Length; }
}

sealed class Character : IDisposable {
  ulong handle;

  Character(ulong handle) { this.handle = handle; }

  public static Character Make(ulong program, string name, ulong seed) {
    byte[] bytes = Native.Bytes(name);
    ulong instance;
    Native.Check(Native.dramatis_instance_new(program, bytes, Native.Length(bytes), seed, out instance));
    return new Character(instance);
  }

  public static Character Restore(ulong program, byte[] save) {
    ulong instance;
    Native.Check(Native.dramatis_restore(program, save, Native.Length(save), out instance, IntPtr.Zero));
    return new Character(instance);
  }

  // facts answers a question by its name; null leaves it to the cues.
  public string Turn(string json, Func<string, bool?> facts) {
    byte[] bytes = Native.Bytes(json);
    ulong happened;
    Native.Check(Native.dramatis_event_parse(bytes, Native.Length(bytes), out happened));
    var calls = new Native.Calls {
      Ask = (IntPtr user, ref Native.Question question) => {
        // No exception may leave a call-back: -1 calls the turn off.
        try {
          bool? answer = facts(question.Name.ToString());
          return answer == null ? 2 : answer.Value ? 1 : 0;
        } catch (Exception) {
          return -1;
        }
      }
    };
    Native.Text line;
    int status = Native.dramatis_turn(handle, happened, ref calls, out line);
    string said = status == 0 ? line.ToString() : null;
    GC.KeepAlive(calls.Ask);
    Native.dramatis_event_free(happened);
    Native.Check(status);
    return said;
  }

  public string State(string machine) {
    byte[] bytes = Native.Bytes(machine);
    Native.Text state;
    Native.Check(Native.dramatis_state(handle, bytes, Native.Length(bytes), out state));
    return state.ToString();
  }

  public byte[] Save() {
    Native.Text save;
    Native.Check(Native.dramatis_save(handle, out save));
    return save.Copied();
  }

  public void Dispose() { Native.dramatis_instance_free(handle); }
}

static class Guards {
  static int Main(string[] arguments) {
    byte[] profile = File.ReadAllBytes(arguments.Length > 0 ? arguments[0] : "guard.yaml");
    byte[] name = Native.Bytes("guard.yaml");
    ulong program;
    Native.Check(Native.dramatis_load(
      profile, Native.Length(profile), name, Native.Length(name), out program, IntPtr.Zero));
    using (var guard = Character.Make(program, "Guard 17", 17)) {
      Func<string, bool?> day = question => question == "isNight" ? false : (bool?)null;
      Func<string, bool?> night = question => question == "isNight" ? true : (bool?)null;
      Console.WriteLine("Guard 17: " + guard.Turn("{\"actor\":\"Rowan\",\"text\":\"Good day!\"}", day));
      Console.WriteLine("Guard 17: " + guard.Turn("{\"actor\":\"Rowan\",\"text\":\"Let me in.\"}", night));
      Console.WriteLine("Guard 17 is " + guard.State("watch"));
      byte[] save = guard.Save();
      using (var again = Character.Restore(program, save))
        Console.WriteLine("restored from " + save.Length + " bytes: " + again.State("watch"));
      guard.Dispose();
      try { guard.State("watch"); } catch (InvalidOperationException error) { Console.WriteLine(error.Message); }
    }
    return 0;
  }
}
