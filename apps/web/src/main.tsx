import './schema-settings.ts'
import './ui/tokens/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './api/queries.ts'
import { router } from './router.tsx'
import { KeyboardProvider } from './ui/keyboard/keyboard.tsx'
import { LanguageProvider } from './ui/language/language.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <QueryClientProvider client={createQueryClient()}>
        <KeyboardProvider>
          <RouterProvider router={router} />
        </KeyboardProvider>
      </QueryClientProvider>
    </LanguageProvider>
  </StrictMode>,
)
