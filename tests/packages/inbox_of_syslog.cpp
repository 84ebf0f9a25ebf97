// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/packages/inbox_of_syslog.hpp"

#include "tests/host/net/reserved_port.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace inbox_of_syslog
{

std::string address()
{
    static const penstock::host::http::testing::reserved_port port;
    return "tcp://127.0.0.1:" + std::to_string(port.number());
}

void fill()
{
    std::string name = address();
    std::ranges::replace(name, '/', '_');
    std::filesystem::create_directories("data/syslog");
    std::ofstream kept("data/syslog/" + name + ".kept");
    for (int n = 0; n < 500; ++n)
    {
        const std::string text = "<13>1 - host app - - - number " + std::to_string(n);
        kept << R"({"position":[1,)" << n << R"(],"received":1796083200,"peer":"127.0.0.1",)"
             << R"("cut":false,"bytes":)" << text.size() << "}\n"
             << text << '\n';
    }
}

} // namespace inbox_of_syslog
