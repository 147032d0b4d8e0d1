#!/usr/bin/env python3
"""Tries what a plugin must not be able to do. As `plugin` it is a transform that skips each item with the results as
the reason; as `direct` it prints the results. The other arguments are a JSON object with the targets."""
import ctypes, json, os, signal, socket, subprocess, sys, time

mode, targets = sys.argv[1], json.loads(sys.argv[2])
libc = ctypes.CDLL(None, use_errno=True)
IS_X86 = os.uname().machine == "x86_64"


def syscall(x86, arm, *arguments):
    if libc.syscall(x86 if IS_X86 else arm, *arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")


def home():
    open(os.path.join(targets["home"], ".config/syndicate/token.json")).read()


def listing():
    os.listdir(targets["home"])


def project():
    open("pipeline.yaml").read()


def change():
    open("changed", "w").close()


def environment_of_parent():
    open(f"/proc/{os.getppid()}/environ", "rb").read()


def command_of_parent():
    open(f"/proc/{os.getppid()}/cmdline", "rb").read()


def signal_to_parent():
    os.kill(os.getppid(), signal.SIGCONT)


def limits_of_parent():
    import resource
    resource.prlimit(os.getppid(), resource.RLIMIT_CORE)


def tcp():
    socket.create_connection(("127.0.0.1", targets["tcp"]), timeout=10).close()


def udp():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", ("127.0.0.1", targets["udp"]))


def unix():
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(targets["unix"])


def datagram_pair():
    # Such a pair can be connected to another socket.
    for end in socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM):
        end.close()


def netlink():
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close()


def io_uring():
    syscall(425, 425, 1, ctypes.create_string_buffer(256))


def ptrace():
    child = subprocess.Popen(["sleep", "600"])
    try:
        # PTRACE_SEIZE of a child, which no other rule forbids.
        syscall(101, 117, 0x4206, child.pid, None, None)
    finally:
        child.kill()


def memory_of_child():
    child = subprocess.Popen(["sleep", "600"])
    buffer = ctypes.create_string_buffer(8)
    address = ctypes.addressof(buffer)
    vector = (ctypes.c_size_t * 2)(address, 0)
    try:
        syscall(310, 270, child.pid, vector, ctypes.c_ulong(1), vector, ctypes.c_ulong(1), ctypes.c_ulong(0))
    finally:
        child.kill()


def user_namespace():
    # In a child, because it cannot be left.
    child = os.fork()
    if child == 0:
        os._exit(0 if libc.unshare(0x10000000) == 0 else 1)
    if os.waitpid(child, 0)[1] != 0:
        raise PermissionError("refused")


def session():
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
        except OSError:
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        raise PermissionError("refused")


def forks():
    children = []
    try:
        for _ in range(400):
            child = os.fork()
            if child == 0:
                time.sleep(600)
            children.append(child)
    finally:
        # Those of a plugin are left to the host.
        for child in children if mode == "direct" else []:
            os.kill(child, signal.SIGKILL)


def scratch():
    with open(os.path.join(os.environ.get("TMPDIR", "/tmp"), "file"), "w") as file:
        file.write("x")


def programs():
    # What a plugin needs: other programs, pipes, threads, the system's libraries.
    import ssl, threading, uuid
    thread = threading.Thread(target=uuid.uuid4)
    thread.start()
    thread.join()
    script = "cat <<END >/dev/null\n$(ls /usr/bin)\nEND\necho done"
    done = subprocess.run(["sh", "-c", script], capture_output=True, check=True)
    assert done.stdout == b"done\n", done
    for end in socket.socketpair():
        end.close()
    os.path.expanduser("~")


def result_of(name):
    try:
        globals()[name]()
    except (PermissionError, BlockingIOError):
        return "denied"
    except OSError as error:
        return repr(error)
    return "open"


results = {name: result_of(name) for name in targets["probes"]}
if mode == "direct":
    print(json.dumps(results))
    sys.exit()


def say(message):
    print(json.dumps(message), flush=True)


sys.stdin.readline()
say({"hello": {"protocol": 1, "kind": "transform", "name": "probe", "version": "1"}})
for line in sys.stdin:
    request = json.loads(line)
    answer = {} if request["do"] == "open" else {"skip": json.dumps(results)}
    say({"id": request["id"], "ok": answer})
