using ZfDecl.Models;

namespace ZfDecl.Generators.Tests;

/// <summary>A run is known by the hash of its spec: that of a shipped spec stays, whatever becomes of the compiler.</summary>
public class ShippedHashesTests
{
    /// <summary>As commit 62c5ddf printed them.</summary>
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["BvlcAlexNet"] = "61eb0df549a0c22e6bce85d1bd07912810d9f6c1af14198db99862d893dfaad4",
        ["CaffeNet"] = "e7a58373283e9a00cba23521e14cf1c9d5ddb218629b9a2f6841f6922a258683",
        ["Fashion"] = "dd496b8f920aa944fd45ffd1d619ae6bf6b3c475e9dd820cd361707cba146bbc",
        ["FashionFull"] = "c1946f7b1d5da64f1c91cc151189a2715de737aaf23345af0942ce977516029a",
        ["FashionKrizhevsky"] = "3cbe687deadb44ebea27de2af3f15c2427978e002233cf67c3309a3bb53ce8de",
        ["FashionKrizhevskyUnits256"] = "978cf9554df3c599c238c6cb43d0bcd5f04771e6f0272a6c2a67d79dbb916b73",
        ["FashionKrizhevskyUnits64"] = "15769e7ef8d2c7e71328de2da6e0b878319b2cdbfb775f8f25d6e84d02475729",
        ["FashionKrizhevskyWithout34"] = "26be9a9452782c4aceb7560d50fedc9abf40b1748deb5224c51f01a4860eb929",
        ["FashionKrizhevskyWithout3467"] = "4d26635fb408099013f3668e97724fa3d5da9364a1bfe84248947eb085c28b4e",
        ["FashionKrizhevskyWithout67"] = "17f7ae194d41fac97ec7a84f8be6911123ee19a9a96ceacb152a1124a84cd75f",
        ["FashionKrizhevskyWithout7"] = "7b175af50757cf553144c54923fcaf6fee3419f8bc0bc2633c72db575234ebde",
        ["FashionZf"] = "f61f083cb9dd26ccca713da03563b96913f5d07ebd8a24d95712a1320a65391e",
        ["FashionZfMaps64"] = "98b982bf9a7db0bb54dc7d2f0a6e473dc89a121e023b5efae5d0635d476b8765",
        ["FashionZfMaps64Units256"] = "a811daf02f9cfd0b420b32ebf69ef031ea8d25d4f80df5603e263e6b1a19d7f9",
        ["FashionZfUnits256"] = "4b474e1e322e2e19c78255541ad38eaefc1ca94bae40285b55690f4930725aae",
        ["FashionZfUnits64"] = "c2e78373d7572a01643978c9729feae11d077e15b0b43741c0f40ced80e4e347",
        ["Krizhevsky"] = "544e1e2dd62f3344b165a7517876f2b5eb5c3717645afb738ca0d982985a15c0",
        ["KrizhevskyUnits2048"] = "3aab536879df276ff44f1680b8e2d7d1d5f55227302e3af543b160243c79f643",
        ["KrizhevskyUnits8192"] = "806f9fd2b6c08151ac9e90cdb284d3001026b484e61749c9e1aebc018fc4f17c",
        ["KrizhevskyWithout34"] = "234702fc0e5e05755969df181f54878cff34b0248207beac0053af502c77edac",
        ["KrizhevskyWithout3467"] = "981a639274227a8f81eff1e46944ab0e7aae94e9a482d966b282cad9a6466c34",
        ["KrizhevskyWithout67"] = "1d7ebb54cd9b82c3e365a2f16d251164ec75fc43589d38eea3ffe507d176602a",
        ["KrizhevskyWithout7"] = "dffc6f58ac271fbe27d8cffe2a3b37c76f7b910df42b340063f687d756ed6603",
        ["Pictures"] = "54969d42264b9f6fc81665ec42894dfc2da896136abd8af42fe7c78f7df30118",
        ["Shapes"] = "d6b5d5cabec40f1bf310a52a810960711e4359e0399b333dbd02bca72ca8c034",
        ["SppNetZeiler5"] = "1262390d32451412b83f399af69cd1b0df37f0e19950bc05e59aabde8fe0b3ed",
        ["TorchvisionAlexNet"] = "cec88e75ce1d397058d38055895891e0367dfd5b4cab90bec3dfc9b6119b827c",
        ["Zf8"] = "9ac3dda734cd93f69945e84553c8a135642bf9c0084dce2b541ade41b2b0c1fe",
        ["Zf8Maps512"] = "275ba9d95ff49f2b4f58c0b28bd4261b36aeb07e38b2a03559c4bf42f986a1ae",
        ["Zf8Maps512Units8192"] = "24b8aeb170665c89c4c655b6ffe88bd46dff39cffa8e7949cb5066cae0a32c9b",
        ["Zf8Units2048"] = "937226fd975f6026641cf8b6aa4b22fe555c8f0c863459fbc88ab464d31e361d",
        ["Zf8Units8192"] = "18476657170937c66c96f5be8564aadd0a3d7c4b7ef51dced993f81598c5af40",
        ["ZfFasterRcnn"] = "771f7210980956b66b8c10da6b65f159d03acdc901981407bfcb5d3e35fd0282",
        ["Zfnet512"] = "9ae04c480c59c24ccac9119975c83c8e7c4b4acb1c3da5dca93fbd0ede40ccee",
    };

    [Fact]
    public void EveryShippedSpecKeepsItsHash() =>
        Assert.Equal(Expected, Expected.Keys.ToDictionary(name => name, name => DeclaredNetworks.All.SingleOrDefault(entry => entry.Info.Name == name)?.Info.SpecHash ?? "gone"));
}
