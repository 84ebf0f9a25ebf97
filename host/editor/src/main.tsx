// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import '@xyflow/react/dist/base.css';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';
import './styles/canvas.css';
import './styles/inspector.css';
import './styles/drawer.css';
import './styles/dialogs.css';
import { createRoot } from 'react-dom/client';
import { takeToken } from './api/token.ts';
import { App } from './app.tsx';
import { useQuestion } from './state/token.ts';

takeToken();
addEventListener('hashchange', () => {
    const token = takeToken(); // an address was pasted into this tab
    if (token) useQuestion.getState().answer(token);
});
createRoot(document.getElementById('root')!).render(<App />);
