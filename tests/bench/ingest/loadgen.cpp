// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// loadgen: replays an NDJSON dataset over HTTP/1.1 keep-alive, closed loop, each doc exactly once.
// build: g++ -O2 -std=c++17 loadgen.cpp -o loadgen
// usage: loadgen --file docs.ndjson --port P [--path /in] [--conns 16] [--batch 1] [--format array|ndjson]
//        [--ctype application/json] [--total N (wraps)] [--first K] [--retry] [--max-seconds S]
//        [--req-timeout S] [--accepted FILE] [--rate docs/s]
// One thread, epoll, requests built before the clock starts.  Prints one JSON line.
// --rate: an open loop. Each request has its time, on whatever connection is free, and its answer is
// timed from then, so that one slow answer does not hide that those behind it waited too.
// "accepted" = docs in requests answered 2xx.  --retry: 429/5xx/reset => same batch again after 20 ms.
// --accepted FILE: "first count" per accepted request, so a checker can name every accepted doc.
#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fcntl.h>
#include <fstream>
#include <map>
#include <netinet/tcp.h>
#include <signal.h>
#include <string>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>
using clk = std::chrono::steady_clock;
static double now()
{
    return std::chrono::duration<double>(clk::now().time_since_epoch()).count();
}
static double wall()
{
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}
struct Req
{
    std::string data;
    size_t first, n;
};
struct Conn
{
    int fd = -1;
    int req = -1;
    size_t off = 0;
    std::string in;
    double t0 = 0;
    double wake = 0;
    bool connected = false;
};
static volatile sig_atomic_t stop_ = 0;
int main(int argc, char** argv)
{
    std::map<std::string, std::string> a{{"path", "/in"},
                                         {"conns", "16"},
                                         {"batch", "1"},
                                         {"format", "array"},
                                         {"ctype", "application/json"},
                                         {"total", "0"},
                                         {"first", "0"},
                                         {"max-seconds", "600"},
                                         {"req-timeout", "60"},
                                         {"rate", "0"}};
    bool retry = false;
    for (int i = 1; i < argc; i++)
    {
        std::string k = argv[i] + 2;
        if (k == "retry")
            retry = true;
        else if (i + 1 < argc)
            a[k] = argv[++i];
    }
    signal(SIGTERM, [](int) { stop_ = 1; });
    signal(SIGPIPE, SIG_IGN);
    std::vector<std::string> docs;
    {
        std::ifstream f(a["file"]);
        std::string l;
        while (std::getline(f, l))
            docs.push_back(l);
    }
    size_t total = std::stoul(a["total"]), first = std::stoul(a["first"]),
           batch = std::stoul(a["batch"]);
    if (!total)
        total = docs.size() - first;
    bool arr = a["format"] == "array";
    std::vector<Req> reqs;
    size_t body_bytes = 0;
    for (size_t i = 0; i < total; i += batch)
    {
        size_t n = std::min(batch, total - i);
        std::string b;
        if (batch == 1)
            b = docs[(first + i) % docs.size()];
        else
        {
            if (arr)
                b += '[';
            for (size_t j = 0; j < n; j++)
            {
                if (j && arr)
                    b += ',';
                b += docs[(first + i + j) % docs.size()];
                if (!arr)
                    b += '\n';
            }
            if (arr)
                b += ']';
        }
        body_bytes += b.size();
        reqs.push_back({"POST " + a["path"] + " HTTP/1.1\r\nHost: 127.0.0.1:" + a["port"] +
                            "\r\nContent-Type: " + a["ctype"] +
                            "\r\nContent-Length: " + std::to_string(b.size()) + "\r\n\r\n" + b,
                        first + i, n});
    }
    int ep = epoll_create1(0);
    sockaddr_in sa{};
    sa.sin_family = AF_INET;
    sa.sin_port = htons(std::stoi(a["port"]));
    inet_pton(AF_INET, "127.0.0.1", &sa.sin_addr);
    std::vector<Conn> cs(std::stoul(a["conns"]));
    std::deque<int> redo;
    size_t next = 0, done = 0, accepted = 0, failed = 0, retries = 0, resets = 0, timeouts = 0,
           connfail = 0, consec = 0;
    std::map<int, size_t> codes;
    std::vector<float> lat;
    lat.reserve(reqs.size());
    FILE* acc = a.count("accepted") ? fopen(a["accepted"].c_str(), "w") : nullptr;
    double maxs = std::stod(a["max-seconds"]), rto = std::stod(a["req-timeout"]),
           rate = std::stod(a["rate"]), lastacc = 0;
    auto conn = [&](Conn& c, int idx)
    {
        c.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        int one = 1;
        setsockopt(c.fd, IPPROTO_TCP, TCP_NODELAY, &one, 4);
        int r = connect(c.fd, (sockaddr*)&sa, sizeof sa);
        c.connected = (r == 0);
        c.in.clear();
        epoll_event e{};
        e.events = EPOLLIN | EPOLLOUT | EPOLLET;
        e.data.u32 = idx;
        epoll_ctl(ep, EPOLL_CTL_ADD, c.fd, &e);
    };
    double T0 = now(), W0 = wall();
    auto due = [&](size_t request)
    { return rate > 0 ? T0 + (double)request * (double)batch / rate : 0; };
    auto drop = [&](Conn& c)
    {
        if (c.fd >= 0)
        {
            close(c.fd);
            c.fd = -1;
        }
        c.connected = false;
    };
    auto bad = [&](Conn& c)
    {
        if (c.req < 0)
            return;
        if (retry)
        {
            redo.push_back(c.req);
            retries++;
            c.wake = now() + 0.02;
        }
        else
        {
            failed += reqs[c.req].n;
            done++;
        }
        c.req = -1;
    };
    auto pump = [&](Conn& c, int idx) { // start next request if idle, push bytes
        if (c.req < 0)
        {
            if (now() < c.wake)
                return;
            c.t0 = now();
            if (!redo.empty())
            {
                c.req = redo.front();
                redo.pop_front();
            }
            else if (next < reqs.size() && due(next) <= c.t0)
            {
                if (rate > 0)
                    c.t0 = due(next);
                c.req = next++;
            }
            else
                return;
            c.off = 0;
            c.in.clear();
        }
        if (c.fd < 0)
        {
            conn(c, idx);
        }
        const std::string& d = reqs[c.req].data;
        while (c.off < d.size())
        {
            ssize_t w = send(c.fd, d.data() + c.off, d.size() - c.off, 0);
            if (w > 0)
            {
                c.off += w;
                c.connected = true;
            }
            else
            {
                if (errno == EAGAIN || errno == EINPROGRESS || errno == ENOTCONN)
                    return;
                break;
            }
        }
    };
    for (size_t i = 0; i < cs.size(); i++)
        pump(cs[i], i);
    std::vector<epoll_event> ev(256);
    char buf[65536];
    double lastscan = now();
    size_t turn = 0; // the connection to look at first for the next request that is due
    while (done < reqs.size() && !stop_)
    {
        double wait = 0.005;
        if (rate > 0 && next < reqs.size())
            wait = std::clamp(due(next) - now(), 0.0, wait);
        timespec most{0, (long)(wait * 1e9)};
        int n = epoll_pwait2(ep, ev.data(), ev.size(), &most, nullptr);
        for (int k = 0; k < n; k++)
        {
            int idx = ev[k].data.u32;
            Conn& c = cs[idx];
            if (c.fd < 0)
                continue;
            bool closed = false;
            for (;;)
            {
                ssize_t r = recv(c.fd, buf, sizeof buf, 0);
                if (r > 0)
                {
                    c.in.append(buf, r);
                    if (r < (ssize_t)sizeof buf)
                        break;
                }
                else if (r == 0)
                {
                    closed = true;
                    break;
                }
                else
                {
                    if (errno == EAGAIN)
                        break;
                    if (errno == ENOTCONN && !c.connected &&
                        !(ev[k].events & (EPOLLERR | EPOLLHUP)))
                        break;
                    if (errno == ECONNREFUSED || errno == ENOTCONN)
                        connfail++;
                    closed = true;
                    break;
                }
            }
            if (c.req >= 0)
            {
                for (;;)
                {
                    size_t h = c.in.find("\r\n\r\n");
                    if (h == std::string::npos)
                        break;
                    int code = atoi(c.in.c_str() + 9);
                    size_t need = h + 4;
                    bool fin = false, cl = false;
                    std::string hd = c.in.substr(0, h + 2);
                    if (code == 100)
                    {
                        c.in.erase(0, need);
                        continue;
                    }
                    std::transform(hd.begin(), hd.end(), hd.begin(), ::tolower);
                    size_t p = hd.find("\r\ncontent-length:");
                    cl = hd.find("\r\nconnection: close") != std::string::npos ||
                         hd.compare(0, 8, "http/1.0") == 0;
                    if (p != std::string::npos)
                    {
                        need += strtoul(hd.c_str() + p + 17, nullptr, 10);
                        fin = c.in.size() >= need;
                    }
                    else if (hd.find("transfer-encoding: chunked") != std::string::npos)
                    {
                        size_t z = c.in.find("0\r\n\r\n", h + 2);
                        fin = z != std::string::npos;
                    }
                    else if (code == 204 || code == 304 || !cl)
                        fin = true;
                    else
                        fin = closed;
                    if (!fin)
                        break;
                    codes[code]++;
                    consec = 0;
                    if (code / 100 == 2)
                    {
                        lat.push_back(now() - c.t0);
                        accepted += reqs[c.req].n;
                        lastacc = now();
                        done++;
                        if (acc)
                            fprintf(acc, "%zu %zu\n", reqs[c.req].first, reqs[c.req].n);
                        c.req = -1;
                    }
                    else
                        bad(c);
                    if (cl)
                        closed = true;
                    c.in.clear();
                    break;
                }
            }
            if (closed)
            {
                if (c.req >= 0)
                {
                    resets++;
                    consec++;
                    bad(c);
                    if (retry || consec > 50)
                        c.wake = now() + 0.02;
                }
                drop(c);
            }
            pump(c, idx);
        }
        double t = now();
        for (size_t i = 0; rate > 0 && i < cs.size() && next < reqs.size() && due(next) <= t; i++)
        {
            turn = (turn + 1) % cs.size();
            if (cs[turn].req < 0)
                pump(cs[turn], turn);
        }
        if (t - lastscan > 0.004)
        {
            lastscan = t;
            for (size_t i = 0; i < cs.size(); i++)
            {
                Conn& c = cs[i];
                if (c.req >= 0 && t - c.t0 > rto)
                {
                    timeouts++;
                    bad(c);
                    drop(c);
                }
                if (c.req < 0)
                    pump(c, i);
            }
        }
        if (t - T0 > maxs)
            break;
    }
    double T1 = now();
    size_t inflight = 0;
    for (auto& c : cs)
        if (c.req >= 0)
            inflight += reqs[c.req].n;
    if (acc)
        fclose(acc);
    std::sort(lat.begin(), lat.end());
    auto q = [&](double p)
    { return lat.empty() ? 0.0 : 1e3 * lat[std::min(lat.size() - 1, (size_t)(p * lat.size()))]; };
    rusage ru;
    getrusage(RUSAGE_SELF, &ru);
    printf(
        "{\"docs\":%zu,\"requests\":%zu,\"body_mb\":%.1f,\"accepted\":%zu,\"failed\":%zu,"
        "\"unsent_or_open\":%zu,\"retries\":%zu,\"resets\":%zu,\"timeouts\":%zu,\"connfail\":%"
        "zu,\"t_start\":%.6f,\"send_s\":%.4f,\"accept_docs_s\":%.0f,\"p50_ms\":%.3f,\"p99_ms\":%"
        ".3f,\"p999_ms\":%.3f,\"max_ms\":%.3f,\"last_accept_s\":%.3f,\"lg_cpu_s\":%.2f,\"codes\":{",
        total, reqs.size(), body_bytes / 1e6, accepted, failed, total - accepted - failed, retries,
        resets, timeouts, connfail, W0, T1 - T0, accepted / (T1 - T0), q(.5), q(.99), q(.999), q(1),
        lastacc ? lastacc - T0 : 0,
        ru.ru_utime.tv_sec + ru.ru_stime.tv_sec +
            1e-6 * (ru.ru_utime.tv_usec + ru.ru_stime.tv_usec));
    bool f1 = true;
    for (auto& [k, v] : codes)
    {
        printf("%s\"%d\":%zu", f1 ? "" : ",", k, v);
        f1 = false;
    }
    printf("}}\n");
}
