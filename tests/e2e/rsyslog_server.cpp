// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "rsyslog_server.hpp"

#include "tests/plugins/server_process.hpp"

#include <fstream>

namespace penstock::e2e
{

// Where rsyslog has come in the file it notes at an orderly end. Killed without one it loses what it has read and not yet
// put into its queue, or sends all again.
rsyslog_server::rsyslog_server(const std::string& folder, const rsyslog_target& to)
    : folder_(folder)
{
    std::ofstream(folder_ + "/in.log").flush();
    std::ofstream(folder_ + "/rsyslog.conf")
        << "global(workDirectory=\"" << folder_ << "\" " << to.settings << ")\n"
        << "module(load=\"imfile\")\n"
        << "main_queue(queue.type=\"Direct\")\n"
        << "input(type=\"imfile\" file=\"" << folder_
        << "/in.log\" tag=\"counter:\" facility=\"local3\" severity=\"warning\" "
           ")\n"
        << "action(type=\"omfwd\" target=\"127.0.0.1\" port=\"" << to.port << "\" protocol=\""
        << to.protocol << "\" " << to.more
        << " action.resumeRetryCount=\"-1\" action.resumeInterval=\"1\" queue.type=\"Disk\" "
           "queue.filename=\"queue\" queue.checkpointInterval=\"1\" queue.timeoutShutdown=\"1\")\n";
}

rsyslog_server::~rsyslog_server()
{
    end(SIGKILL);
}

void rsyslog_server::start()
{
    if (process_ < 0)
        process_ = server_process::begin(
            {"/usr/sbin/rsyslogd", "-n", "-f", folder_ + "/rsyslog.conf", "-i", folder_ + "/pid"},
            {.log = folder_ + "/rsyslog.log"});
}

void rsyslog_server::stop()
{
    end(SIGTERM);
}

void rsyslog_server::end(int signal)
{
    if (process_ < 0)
        return;
    ::kill(process_, signal);
    server_process::end_of(process_);
    process_ = -1;
    ::unlink((folder_ + "/pid").c_str()); // it would not start beside it
}

void rsyslog_server::append(const std::string& line)
{
    std::ofstream(folder_ + "/in.log", std::ios::app) << line << '\n';
}

} // namespace penstock::e2e
