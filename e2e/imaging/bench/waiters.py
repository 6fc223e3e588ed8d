"""Plays a thousand pods that wait at an API server, and measures its process while nothing changes.

usage: waiters.py nothing|watch|poll PORT TOKEN PID
watch is what sluice wait does; poll asks every 2 s on a connection that stays open. `nothing` is the API server by itself.
"""

import asyncio
import collections
import os
import ssl
import sys

PODS, SECONDS, EVERY = 1000, 30, 2
how, port, token, pid = sys.argv[1:]
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
path = "/apis/sluice.dev/v1alpha1/namespaces/team/databasemigrations"
handshakes = asyncio.Semaphore(50)
answers: collections.Counter[str] = collections.Counter()
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def request(target: str) -> bytes:
    return f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n".encode()


async def connect() -> Connection:
    async with handshakes:
        return await asyncio.open_connection("127.0.0.1", int(port), ssl=context)


async def watch() -> Connection:
    reader, writer = await connect()
    writer.write(request(f"{path}?watch=true&fieldSelector=metadata.name%3Dshop&timeoutSeconds=300"))
    await reader.readuntil(b"ADDED")
    return reader, writer


async def poll() -> None:
    reader, writer = await connect()
    while True:
        writer.write(request(f"{path}/shop"))
        head = await reader.readuntil(b"\r\n\r\n")
        answers[head[9:12].decode()] += 1
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
        await reader.readexactly(int(length.split(b":")[1]))
        await asyncio.sleep(EVERY)


def processor() -> float:
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory() -> float:
    return next(int(line.split()[1]) / 1024 for line in open(f"/proc/{pid}/status") if line.startswith("VmRSS"))


async def main() -> None:
    before = memory()
    waiting: list[object] = []
    if how == "watch":
        waiting += await asyncio.gather(*(watch() for _ in range(PODS)))
    elif how == "poll":
        waiting += [asyncio.create_task(poll()) for _ in range(PODS)]
    await asyncio.sleep(10)
    begin = processor()
    await asyncio.sleep(SECONDS)
    used = (processor() - begin) / SECONDS * 1000
    print(
        f"{PODS} pods, {how:8}: the API server takes {used:6.0f} ms of processor time a second; {memory() - before:+.0f} MB of memory"
        + (f"; answers {dict(answers)}" if answers else "")
    )
    os._exit(0)


asyncio.run(main())
