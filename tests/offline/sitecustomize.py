"Refuse every connection that leaves this machine; any Python started with this folder on PYTHONPATH obeys."
import socket

LOCAL = {'localhost', '127.0.0.1', '::1', '0.0.0.0', '::', '', None}

class NetworkBlocked(OSError): "Something tried to leave this machine."

def refuse_unless_local(host):
    "Let `host` pass only if it is this machine."
    if isinstance(host, bytes): host = host.decode(errors='replace')
    if host in LOCAL or host == socket.gethostname(): return
    raise NetworkBlocked(f'Something tried to reach {host}: lessons and tests run without a network.')

def guard(method):
    "Wrap a socket method whose last argument is an address."
    def guarded(self, *args):
        if self.family in (socket.AF_INET, socket.AF_INET6): refuse_unless_local(args[-1][0])
        return method(self, *args)
    guarded.is_guard = True
    return guarded

def block():
    "Guard the ways out: connecting, sending, and looking up a name."
    if getattr(socket.socket.connect, 'is_guard', False): return
    for name in ('connect', 'connect_ex', 'sendto'): setattr(socket.socket, name, guard(getattr(socket.socket, name)))
    look_up = socket.getaddrinfo
    def guarded_look_up(host, *args, **kwargs):
        refuse_unless_local(host)
        return look_up(host, *args, **kwargs)
    socket.getaddrinfo = guarded_look_up

block()
